"""Advisory file locks: the kernel frees them with the process, however it dies."""

import fcntl
import os
import time
from pathlib import Path

from .errors import EmbeddedError

PAUSE_SECONDS = 0.02


class FileLock:
    """One `flock` on one file. The descriptor is closed on exec, so programs that are started do not share the lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    def try_shared(self) -> bool:
        """Take the lock together with others, or say that somebody holds it alone."""
        return self._try(fcntl.LOCK_SH)

    def try_exclusive(self) -> bool:
        """Take the lock alone, or say that somebody else holds it."""
        return self._try(fcntl.LOCK_EX)

    def wait_shared(self, *, seconds: float, why: str) -> None:
        """Take the lock together with others. Raises `EmbeddedError` with `why` when it takes longer than `seconds`."""
        self._wait(fcntl.LOCK_SH, seconds, why)

    def wait_exclusive(self, *, seconds: float, why: str) -> None:
        """Take the lock alone. Raises `EmbeddedError` with `why` when it takes longer than `seconds`."""
        self._wait(fcntl.LOCK_EX, seconds, why)

    def release(self) -> None:
        """Give the lock back; nothing happens where it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _wait(self, kind: int, seconds: float, why: str) -> None:
        deadline = time.monotonic() + seconds
        while not self._try(kind):
            if time.monotonic() > deadline:
                raise EmbeddedError(why)
            time.sleep(PAUSE_SECONDS)

    def _try(self, kind: int) -> bool:
        if self._descriptor is not None:
            raise RuntimeError(f"{self.path} is already locked here")
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise EmbeddedError(
                f"{self.path} cannot be opened: {error.strerror}. Does it belong to another user?"
            ) from error
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True


def is_taken(path: Path) -> bool:
    """Whether any process holds the lock at `path` exclusively."""
    if not path.exists():
        return False
    lock = FileLock(path)
    if lock.try_shared():
        lock.release()
        return False
    return True


def holders(path: Path) -> list[int]:
    """Other processes that hold the lock at `path` shared, as far as the operating system tells (Linux)."""
    table = Path("/proc/locks")
    if not path.exists() or not table.exists():
        return []
    inode = str(path.stat().st_ino)
    found = set()
    for line in table.read_text().splitlines():
        fields = line.split()
        # "1: FLOCK  ADVISORY  READ 4711 fe:00:123456 0 EOF"; the device is left out: overlays report another
        if len(fields) >= 6 and fields[1:4:2] == ["FLOCK", "READ"] and fields[5].rpartition(":")[2] == inode:
            found.add(int(fields[4]))
    return sorted(found - {os.getpid()})
