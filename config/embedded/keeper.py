"""The keeper: a small process that starts the servers, watches them, and stops them when nobody uses them any more.

Who uses them holds a shared lock, which the kernel frees however that process dies. The keeper stops the servers once
it can have the lock alone. The servers in turn end with the keeper (`tether.py`), so that nothing stays behind even
when every process is killed at once.
"""

import json
import os
import select
import signal
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

from .errors import EmbeddedError
from .layout import Layout
from .locks import FileLock
from .postgres import Postgres
from .valkey import Valkey

LOOK_SECONDS = 0.5
# Commands often follow each other (migrate, then run): the servers wait a moment for the next one.
LINGER_SECONDS = 3.0
READY_SECONDS = 80
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0


def main(arguments: list[str]) -> None:
    """Run as `keeper <home> durable|throw-away <file descriptor to report to>`."""
    home, kind, report = arguments
    # Ctrl-C in the terminal of whoever came first must not reach the servers of the others.
    os.setsid()
    os.umask(0o077)
    os.chdir("/")
    os.set_inheritable(int(report), False)
    said = "The keeper of the local servers failed."
    try:
        keeper = Keeper(Layout(Path(home)), durable=kind == "durable")
        keeper.start()
        said = "ready"
    except EmbeddedError as error:
        said = str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, the one who waits must hear of it
        traceback.print_exc()
        said = f"The local servers did not start: {error!r}"
    with suppress(OSError):
        os.write(int(report), f"{said}\n".encode())
    os.close(int(report))
    if said == "ready":
        keeper.watch()
    # Whoever waits for the locks, which are freed by this, finds the process gone as well.
    sys.stdout.flush()
    os._exit(0 if said == "ready" else 1)


class Keeper:
    """Owner of the two servers of one home."""

    def __init__(self, layout: Layout, *, durable: bool) -> None:
        layout.make()
        self.layout = layout
        self.durable = durable
        self.servers: list[Postgres | Valkey] = []
        self._alive = FileLock(layout.keeper_lock)
        self._users = FileLock(layout.users_lock)
        self._stop_now = False
        self._hurry = False
        self._not_before = 0.0
        self._pause = FIRST_PAUSE_SECONDS
        self._woken = _wake_on_signals()
        for asked in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(asked, self._ask_to_stop)
        signal.signal(signal.SIGUSR1, self._ask_to_hurry)

    def start(self) -> None:
        """Start both servers and write down where they are. Raises `EmbeddedError` and leaves none running."""
        self._alive.wait_exclusive(seconds=30, why="Another keeper of the local servers does not end.")
        self.layout.record.unlink(missing_ok=True)
        try:
            self.servers = [Postgres(self.layout, durable=self.durable), Valkey(self.layout, durable=self.durable)]
            self._start_servers()
        except BaseException:
            self._stop_servers()
            raise
        self._write_record()

    def watch(self) -> None:
        """Stay until nobody uses the servers, then stop them. The locks are kept: they end with the process."""
        idle_since: float | None = None
        while not self._stop_now:
            self._restart_dead()
            if not self.layout.kept.exists() and self._users.try_exclusive():
                idle_since = idle_since or time.monotonic()
                if self._hurry or time.monotonic() - idle_since >= LINGER_SECONDS:
                    break
                self._users.release()
            else:
                idle_since = None
                self._hurry = False
            self._sleep(LOOK_SECONDS)
        self.layout.record.unlink(missing_ok=True)
        self._stop_servers()

    def _start_servers(self) -> None:
        for server in self.servers:
            server.prepare()
        try:
            self._bring_up()
        except EmbeddedError:
            if self.durable:
                raise
            # Without fsync a crash of the machine may have spoilt the data: it is only the tests', so make it anew.
            self._stop_servers()
            for server in self.servers:
                server.discard()
                server.prepare()
            self._bring_up()

    def _bring_up(self) -> None:
        for server in self.servers:
            server.start()
        deadline = time.monotonic() + READY_SECONDS
        waiting = list(self.servers)
        while waiting and not self._stop_now:
            waiting = [server for server in waiting if not server.is_ready()]
            if waiting:
                if time.monotonic() > deadline:
                    names = " and ".join(server.name for server in waiting)
                    raise EmbeddedError(
                        f"{names} did not become ready within {READY_SECONDS} s; see {self.layout.log}."
                    )
                time.sleep(0.01)
        if self._stop_now:
            raise EmbeddedError("The local servers were stopped while they were starting.")

    def _restart_dead(self) -> None:
        """Start the servers again when one was killed; whoever asks meanwhile finds no record and waits."""
        if all(server.process is not None and server.process.poll() is None for server in self.servers):
            self._pause = FIRST_PAUSE_SECONDS
            return
        if time.monotonic() < self._not_before:
            return
        self.layout.record.unlink(missing_ok=True)
        _note("a server ended by itself: starting both again")
        self._stop_servers()
        try:
            self._start_servers()
        except EmbeddedError as error:
            _note(str(error))
            self._stop_servers()
            self._not_before = time.monotonic() + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        else:
            self._write_record()

    def _stop_servers(self) -> None:
        for server in self.servers:
            server.stop()

    def _write_record(self) -> None:
        postgres, valkey = self.servers
        record = {
            "database_url": postgres.url(),
            "redis_url": valkey.url(),
            "keeper": os.getpid(),
            "servers": [server.process.pid for server in self.servers if server.process is not None],
        }
        draft = self.layout.record.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(record))
        draft.replace(self.layout.record)

    def _sleep(self, seconds: float) -> None:
        select.select([self._woken], [], [], seconds)
        with suppress(BlockingIOError):
            os.read(self._woken, 4096)

    def _ask_to_stop(self, *_: object) -> None:
        self._stop_now = True

    def _ask_to_hurry(self, *_: object) -> None:
        self._hurry = True


def _wake_on_signals() -> int:
    """A descriptor that becomes readable with every signal, a child's end included."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return reading


def _note(line: str) -> None:
    sys.stdout.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {line}\n")
    sys.stdout.flush()
