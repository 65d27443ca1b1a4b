"""Valkey under `.local/`: on the loopback address, a free port and with a password."""
# ruff: noqa: S603 - runs only programs that were found on this machine

import os
import secrets
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

from .binaries import find_valkey
from .errors import EmbeddedError
from .layout import Layout
from .logs import last_lines, open_log
from .processes import gone, stop_stranger, works_in
from .tether import tethered

HOST = "127.0.0.1"
# Keys that expire (cached pages, sessions) make room for queues, which do not and are never dropped.
CONFIGURATION = """\
bind {host}
port {port}
requirepass {password}
dir {folder}
dbfilename dump.rdb
pidfile {pidfile}
save {save}
appendonly no
databases 64
maxmemory 128mb
maxmemory-policy volatile-lru
stop-writes-on-bgsave-error no
set-proc-title no
loglevel notice
"""


class Valkey:
    """The Valkey server of one home."""

    name = "Valkey"

    def __init__(self, layout: Layout, *, durable: bool) -> None:
        self.layout = layout
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None
        self._program: Path | None = None
        self._port = 0
        self._password = ""

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.layout.log / "valkey.log"

    @property
    def pidfile(self) -> Path:
        """Where Valkey writes its number."""
        return self.layout.run / "valkey.pid"

    def prepare(self) -> None:
        """End a server that an earlier keeper left and choose the address. Raises `EmbeddedError`."""
        self.layout.valkey.mkdir(mode=0o700, exist_ok=True)
        self._end_previous()
        self._program = find_valkey()
        self._password = _password(self.layout.valkey / "password")

    def start(self) -> None:
        """Start the server; whether it can be used is asked with `is_ready`."""
        if self._program is None:
            raise RuntimeError("prepare() comes first")
        self._port = _free_port(self.layout.run / "valkey.port")
        configuration = self.layout.run / "valkey.conf"
        # In a file and not on the command line, which every user of the machine can read.
        configuration.touch(mode=0o600)
        configuration.write_text(
            CONFIGURATION.format(
                host=HOST,
                port=self._port,
                password=self._password,
                folder=_quoted(self.layout.valkey),
                pidfile=_quoted(self.pidfile),
                save="60 1" if self.durable else '""',
            )
        )
        command = tethered([str(self._program), str(configuration)], death_signal=signal.SIGTERM, parent=os.getpid())
        with open_log(self.log) as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.layout.valkey
            )

    def is_ready(self) -> bool:
        """Whether it answers to the password. Raises `EmbeddedError` when it has ended instead."""
        if self.process is None:
            return False
        if self.process.poll() is not None:
            raise EmbeddedError(f"Valkey did not start; {self.log} ends with: {last_lines(self.log)}")
        with suppress(OSError), socket.create_connection((HOST, self._port), timeout=2) as connection:
            connection.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
            answer = b""
            while b"PONG" not in answer and b"-" not in answer:
                received = connection.recv(256)
                if not received:
                    break
                answer += received
            return b"PONG" in answer
        return False

    def stop(self) -> None:
        """Stop it in order: the snapshot is written."""
        process, self.process = self.process, None
        if process is None:
            return
        for asked, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
            with suppress(ProcessLookupError):
                process.send_signal(asked)
            if gone(process, seconds=seconds):
                break

    def url(self) -> str:
        """The address with the password, first database."""
        return f"redis://:{self._password}@{HOST}:{self._port}/0"

    def discard(self) -> None:
        """Throw the snapshot away. Only for data that is not durable."""
        if self.durable:
            raise RuntimeError("durable data is never discarded")
        (self.layout.valkey / "dump.rdb").unlink(missing_ok=True)

    def _end_previous(self) -> None:
        with suppress(OSError, ValueError):
            number = int(self.pidfile.read_text())
            if works_in(number, self.layout.valkey):
                stop_stranger(number, (signal.SIGTERM, signal.SIGKILL))
        self.pidfile.unlink(missing_ok=True)


def _password(path: Path) -> str:
    if not path.exists():
        draft = path.with_name("password.new")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(24))
        draft.rename(path)
    return path.read_text()


def _free_port(memory: Path) -> int:
    """The port of the last time where it is still free, so that addresses seldom change; else any free one."""
    wanted = 0
    with suppress(OSError, ValueError):
        wanted = int(memory.read_text())
    for port in (wanted, 0):
        with suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            chosen: int = probe.getsockname()[1]
            memory.write_text(str(chosen))
            return chosen
    raise EmbeddedError("No port is free on the loopback address.")


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
