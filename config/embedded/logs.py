"""Log files that do not grow for ever."""

from pathlib import Path
from typing import IO

LARGEST_BYTES = 5_000_000


def open_log(path: Path) -> IO[bytes]:
    """Open a log to append to, after setting a large one aside (one older file is kept)."""
    if path.exists() and path.stat().st_size > LARGEST_BYTES:
        path.replace(path.with_suffix(".log.1"))
    path.touch(mode=0o600)
    return path.open("ab")


def last_lines(path: Path, *, count: int = 3) -> str:
    """The end of a log, on one line."""
    if not path.exists():
        return "(nothing)"
    with path.open("rb") as log:
        log.seek(max(0, path.stat().st_size - 4000))
        lines = log.read().decode(errors="replace").splitlines()
    return " | ".join(line.strip() for line in lines[-count:]) or "(nothing)"
