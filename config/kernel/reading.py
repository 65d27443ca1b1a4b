"""Whether the request at hand may only read, for whoever is about to hand out a right to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from http import HTTPStatus

from config.kernel.errors import DomainError

_reads_only: ContextVar[bool] = ContextVar("reads_only", default=False)


class ReadsOnly(DomainError):
    """Somebody looks at the platform as another person, and nothing of that person's may change."""

    status = HTTPStatus.FORBIDDEN
    code = "impersonation_reads_only"
    title = "You only look on"
    default_detail = "You see the platform as somebody else and can change nothing. End that first."


@contextmanager
def reading_only() -> Iterator[None]:
    """Within, `require_writing` refuses."""
    token = _reads_only.set(True)
    try:
        yield
    finally:
        _reads_only.reset(token)


def is_reading_only() -> bool:
    """Whether what would be brought up to date on the way has to stay as it is."""
    return _reads_only.get()


def require_writing() -> None:
    """Raises `ReadsOnly` for a request that may only read."""
    if is_reading_only():
        raise ReadsOnly
