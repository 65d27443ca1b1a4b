"""Start the keeper: a process of its own session that outlives the one that needed the servers first."""

import os
import select
import signal
import sys
import time
from contextlib import suppress

from .errors import EmbeddedError
from .launch import launch
from .layout import Layout

START_SECONDS = 90


def start_keeper(layout: Layout, *, durable: bool) -> int:
    """Start the keeper of `layout` and wait until its servers can be used. Returns its process id.

    Raises `EmbeddedError` with what the keeper says when they cannot be started.
    """
    reading, writing = os.pipe()
    # Only the keeper may hold the writing end: its end is how a death is noticed.
    os.set_inheritable(writing, True)
    try:
        number = os.posix_spawn(
            sys.executable, _command(layout, durable, writing), os.environ, file_actions=_output(layout)
        )
    finally:
        os.close(writing)
    try:
        said = _heard(reading, seconds=START_SECONDS)
    finally:
        os.close(reading)
    if said == "ready":
        return number
    # It ends by itself once it has said why; one that said nothing in time is told to.
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGTERM)
    with suppress(ChildProcessError):
        os.waitpid(number, 0)
    raise EmbeddedError(said or f"The local servers did not start; see {layout.log}.")


def _command(layout: Layout, durable: bool, report: int) -> list[str]:
    kind = "durable" if durable else "throw-away"
    return launch("keeper", str(layout.home), kind, str(report))


def _output(layout: Layout) -> list[tuple[int, int, str, int, int] | tuple[int, int, int]]:
    log = str(layout.log / "keeper.log")
    return [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]


def _heard(pipe: int, *, seconds: float) -> str:
    """The line that the keeper writes when it knows; empty when it died before."""
    deadline = time.monotonic() + seconds
    said = b""
    while not said.endswith(b"\n"):
        readable, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
        if not readable:
            return f"The local servers did not start within {seconds:.0f} s."
        part = os.read(pipe, 4096)
        if not part:
            break
        said += part
    return said.decode().strip()
