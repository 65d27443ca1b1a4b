"""Requests pass a gate, so that a test can empty the tables while none is under way.

Pages are closed while the server still answers them. What such a request writes, or the locks that it holds, would get
into the way of the next test.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, LOCK_UN, flock
from pathlib import Path
from time import monotonic, sleep
from typing import IO, Any

GATE = "REQUESTS_GATE"
PATIENCE_SECONDS = 20

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Gate:
    """Lets requests in until it is shut. A lock on a file, which holds between processes as well as threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("wb")

    def shut(self) -> None:
        """Wait until the last request has left, and keep others waiting."""
        give_up_at = monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return flock(self._file, LOCK_EX | LOCK_NB)
            except BlockingIOError:
                if monotonic() > give_up_at:
                    raise
                sleep(0.01)

    def open(self) -> None:
        """Let those go on who wait."""
        flock(self._file, LOCK_UN)


class _Answer:
    """What the platform answers; the request has left when it is closed."""

    def __init__(self, content: Iterable[bytes], place: IO[bytes]) -> None:
        self._content = content
        self._place = place

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._content)

    def close(self) -> None:
        try:
            getattr(self._content, "close", lambda: None)()
        finally:
            self._place.close()


def gated(platform: Application) -> Application:
    """The application behind the gate that the environment names."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        place = Path(os.environ[GATE]).open("rb")  # noqa: SIM115  # closed with the answer
        flock(place, LOCK_SH)
        return _Answer(platform(environ, start_response), place)

    return application
