"""Run several programs in one terminal: their output side by side, the dead started again, an orderly end.

Knows nothing of Django or of what the programs are.
"""
# ruff: noqa: S603 - runs what its caller names

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

from .tether import tethered

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
# Whoever ran this long was fine: the next pause is short again.
SETTLED_SECONDS = 60.0
LOOK_SECONDS = 0.5
COLOURS = {"red": 31, "green": 32, "yellow": 33, "blue": 34, "magenta": 35, "cyan": 36}

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Program:
    """One program to keep running.

    `grace_seconds` is how long it may take to stop when asked; `death_signal` is what it gets when the supervisor
    itself is killed.
    """

    name: str
    command: Sequence[str]
    colour: str = "cyan"
    grace_seconds: float = 10.0
    death_signal: signal.Signals = signal.SIGTERM


@dataclass(slots=True)
class _Run:
    program: Program
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause_seconds: float = FIRST_PAUSE_SECONDS
    start_again_at: float | None = 0.0
    unfinished: bytes = b""


@dataclass(slots=True)
class Supervisor:
    """Starts the programs in the order given and stops them in the same order.

    `say` prints a line; `every_second` is called about that often, on the thread that runs the programs; `environment`
    is added to theirs. The pauses before a restart can be shortened for tests.
    """

    programs: Sequence[Program]
    say: Say
    is_coloured: bool = False
    every_second: Callable[[], None] | None = None
    environment: dict[str, str] = field(default_factory=dict)
    first_pause_seconds: float = FIRST_PAUSE_SECONDS
    _runs: list[_Run] = field(default_factory=list)
    _selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    _signals: int = 0

    def run(self) -> int:
        """Keep the programs running until SIGINT, SIGTERM or SIGHUP, then stop them. Returns the exit status.

        Belongs on the main thread: the kernel ties the programs to the thread that starts them.
        """
        restore = self._listen_to_signals()
        try:
            self._runs = [_Run(program, pause_seconds=self.first_pause_seconds) for program in self.programs]
            looked_at = 0.0
            while not self._signals:
                self._start_due()
                self._read(LOOK_SECONDS)
                self._notice_deaths()
                if self.every_second and time.monotonic() - looked_at >= 1:
                    looked_at = time.monotonic()
                    self.every_second()
        finally:
            self._stop()
            restore()
        return 0

    def stop(self) -> None:
        """Ask for the end, as a signal would."""
        self._signals += 1

    def _start_due(self) -> None:
        for run in self._runs:
            if run.process is None and run.start_again_at is not None and time.monotonic() >= run.start_again_at:
                self._start(run)

    def _start(self, run: _Run) -> None:
        program = run.program
        # A session of its own: Ctrl-C reaches this process alone, which then stops the others in order.
        run.process = subprocess.Popen(
            tethered(list(program.command), death_signal=program.death_signal, parent=os.getpid()),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, **self.environment},
        )
        run.started_at = time.monotonic()
        run.start_again_at = None
        output = run.process.stdout
        if output is not None:
            os.set_blocking(output.fileno(), False)
            self._selector.register(output, selectors.EVENT_READ, run)

    def _notice_deaths(self) -> None:
        for run in self._runs:
            if run.process is None or run.process.poll() is None:
                continue
            status = run.process.returncode
            self._close(run)
            if time.monotonic() - run.started_at >= SETTLED_SECONDS:
                run.pause_seconds = self.first_pause_seconds
            run.start_again_at = time.monotonic() + run.pause_seconds
            self.say(f"{run.program.name} ended ({_reason(status)}); starting it again in {run.pause_seconds:g} s.")
            run.pause_seconds = min(run.pause_seconds * 2, LONGEST_PAUSE_SECONDS)

    def _stop(self) -> None:
        """Stop one after the other. A second signal cuts the waiting short."""
        asked = self._signals
        for run in self._runs:
            if run.process is None:
                continue
            with suppress(ProcessLookupError):
                run.process.terminate()
            deadline = time.monotonic() + run.program.grace_seconds
            while run.process.poll() is None and time.monotonic() < deadline and self._signals <= asked:
                self._read(0.05)
            if run.process.poll() is None:
                self.say(f"{run.program.name} does not stop: killing it.")
            self._close(run)

    def _close(self, run: _Run) -> None:
        """End what is left of a program, its children included, and print what it still said."""
        process, run.process = run.process, None
        if process is None:
            return
        # What it started may hold its port; the group still has the number of the program.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            self._take(run, process.stdout)
            if process.stdout in self._selector.get_map():
                self._selector.unregister(process.stdout)
            process.stdout.close()
        if run.unfinished:
            self._print(run, run.unfinished)
            run.unfinished = b""

    def _read(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            if isinstance(key.data, _Run):
                self._take(key.data, key.fileobj)  # type: ignore[arg-type]
            else:
                with suppress(BlockingIOError):
                    os.read(key.fd, 4096)

    def _take(self, run: _Run, output: IO[bytes]) -> None:
        while True:
            try:
                part = os.read(output.fileno(), 65536)
            except BlockingIOError:
                return
            if not part:
                if output in self._selector.get_map():
                    self._selector.unregister(output)
                return
            *lines, run.unfinished = (run.unfinished + part).split(b"\n")
            for line in lines:
                self._print(run, line)

    def _print(self, run: _Run, line: bytes) -> None:
        width = max(len(program.name) for program in self.programs)
        name = run.program.name.ljust(width)
        if self.is_coloured:
            name = f"\x1b[{COLOURS[run.program.colour]}m{name}\x1b[0m"
        self.say(f"{name} | {line.decode(errors='replace').rstrip()}")

    def _listen_to_signals(self) -> Callable[[], None]:
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        self._selector.register(reading, selectors.EVENT_READ, None)
        before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        handlers = {number: signal.signal(number, lambda *_: self.stop()) for number in (signal.SIGINT, signal.SIGTERM)}
        # Nobody is in a hurry because the terminal was closed, possibly in the middle of stopping.
        handlers[signal.SIGHUP] = signal.signal(signal.SIGHUP, lambda *_: None if self._signals else self.stop())
        # With a handler the end of a child wakes the loop at once.
        handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)

        def restore() -> None:
            signal.set_wakeup_fd(before)
            for number, handler in handlers.items():
                signal.signal(number, handler)
            self._selector.close()
            os.close(reading)
            os.close(writing)

        return restore


def _reason(status: int) -> str:
    if status < 0:
        with suppress(ValueError):
            return signal.Signals(-status).name
    return f"exit status {status}"
