"""Look at processes by number, without mistaking a zombie or a newcomer with the same number for a server."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import EmbeddedError

if TYPE_CHECKING:
    import psutil

PAUSE_SECONDS = 0.02


def gone(process: subprocess.Popen[bytes], *, seconds: float) -> bool:
    """Wait for a child to end; False when it still runs after `seconds`."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def is_of(number: int, *, argument: str) -> bool:
    """Whether the process lives and was started with `argument` on its command line."""
    return _looks(number, lambda process: argument in process.cmdline())


def works_in(number: int, folder: Path) -> bool:
    """Whether the process lives and has `folder` as its working directory."""
    return _looks(number, lambda process: folder.samefile(process.cwd()))


def stop_stranger(number: int, signals: tuple[signal.Signals, ...], *, seconds: float = 15) -> None:
    """End a process that is not our child, asking more firmly each time. Raises `EmbeddedError` when it stays."""
    for asked in signals:
        with suppress(ProcessLookupError):
            os.kill(number, asked)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not _looks(number, lambda _: True):
                return
            time.sleep(PAUSE_SECONDS)
    raise EmbeddedError(f"Process {number} of an earlier run does not end.")


def _looks(number: int, right: Callable[["psutil.Process"], bool]) -> bool:
    # Needed only after a crash, and not installed where the servers are somebody else's.
    import psutil

    try:
        process = psutil.Process(number)
        return process.status() != psutil.STATUS_ZOMBIE and right(process)
    except (psutil.Error, OSError):
        return False
