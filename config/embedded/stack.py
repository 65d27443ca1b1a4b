"""The whole platform in one terminal: the local servers, the programs that use them, and a word when it is ready.

`manage.py up` works out what to run and then becomes this program (`become`), which needs no Django and so leaves the
memory to the programs it runs.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn

from .errors import EmbeddedError
from .holding import ensure, release
from .launch import launch
from .readiness import when_ready
from .supervisor import Program, Supervisor


@dataclass(frozen=True, slots=True)
class Stack:
    """What to run. People open it at `address`; `home` is that of the local servers, or None where none are used."""

    host: str
    port: int
    address: str
    programs: Sequence[Program]
    home: str | None = None
    sign_ins: Sequence[tuple[str, str, str]] = ()
    is_coloured: bool = False


def become(stack: Stack) -> NoReturn:
    """Turn this process into the one that runs `stack`."""
    reading, writing = os.pipe()
    # Through a pipe: a command line is there for every user of the machine to read.
    os.write(writing, json.dumps(asdict(stack)).encode())
    os.close(writing)
    os.set_inheritable(reading, True)
    sys.stdout.flush()
    sys.stderr.flush()
    command = launch("stack", str(reading))
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


def main(arguments: list[str]) -> None:
    """Run as `stack <file descriptor of the description>`."""
    with os.fdopen(int(arguments[0]), encoding="utf-8") as description:
        stack = _read(json.load(description))
    sys.exit(run(stack))


def run(stack: Stack) -> int:
    """Run everything until Ctrl-C or SIGTERM, then stop everything. Returns the exit status."""
    terminal = _Terminal()
    home = Path(stack.home) if stack.home else None
    servers = _Servers(home, terminal) if home else None
    supervisor = Supervisor(
        stack.programs, terminal.say, is_coloured=stack.is_coloured, every_second=servers.look if servers else None
    )
    address = f"{stack.address}/"
    try:
        # Held before the programs start: they find the servers running.
        if servers:
            servers.look()
        when_ready(
            stack.host,
            stack.port,
            then=lambda: terminal.say(_welcome(address, stack.sign_ins)),
            late=lambda answer: terminal.say(f"Not ready yet: {address}ready answers {answer}"),
        )
        status = supervisor.run()
    except (KeyboardInterrupt, BrokenPipeError):
        status = 0
    # What is left is short and bounded: it is not cut off half-way.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    if home:
        status = _let_go(home, terminal) or status
    terminal.say("Stopped.")
    return status


class _Terminal:
    """Whole lines, from any thread; silent once nobody reads them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_read = True

    def say(self, line: str) -> None:
        with self._lock:
            if not self._is_read:
                return
            try:
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()
            except OSError:
                self._is_read = False
                # Nobody watches any more: as if the terminal had been closed.
                os.kill(os.getpid(), signal.SIGHUP)


class _Servers:
    """Keeps the local servers there, also when somebody kills their keeper."""

    def __init__(self, home: Path, terminal: _Terminal) -> None:
        self.home = home
        self.terminal = terminal
        self._keeper: int | None = None
        self._said = ""

    def look(self) -> None:
        """Start what is gone, and say so."""
        try:
            services = ensure(self.home)
        except EmbeddedError as error:
            if str(error) != self._said:
                self._said = str(error)
                self.terminal.say(self._said)
            return
        if self._keeper not in (None, services.keeper):
            self.terminal.say("PostgreSQL and Valkey had ended and were started again.")
        self._keeper, self._said = services.keeper, ""


def _let_go(home: Path, terminal: _Terminal) -> int:
    try:
        users = release(home)
    except EmbeddedError as error:
        terminal.say(str(error))
        return 1
    if users:
        numbers = ", ".join(str(number) for number in users if number)
        terminal.say(f"PostgreSQL and Valkey go on running for other processes ({numbers or 'unknown'}).")
    return 0


def _welcome(address: str, sign_ins: Sequence[tuple[str, str, str]]) -> str:
    lines = ["", f"ProficientHub is ready: {address}"]
    widths = [max((len(row[column]) for row in sign_ins), default=0) for column in range(3)]
    lines.extend(
        "  " + "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in sign_ins
    )
    return "\n".join([*lines, "Ctrl-C stops it.", ""])


def _read(description: dict[str, Any]) -> Stack:
    programs = [
        Program(**{**program, "death_signal": signal.Signals(program["death_signal"])})
        for program in description["programs"]
    ]
    sign_ins = [(role, email, password) for role, email, password in description["sign_ins"]]
    return Stack(**{**description, "programs": programs, "sign_ins": sign_ins})
