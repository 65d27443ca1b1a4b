"""Where the request that is being answered comes from, for whoever writes something down about it."""

from collections.abc import Callable
from contextvars import ContextVar, Token
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """As much of it as may be kept: `place` is a truncated address, `device` a browser and a system by name."""

    place: str = ""
    device: str = ""


NOWHERE = Origin()
_current: ContextVar[Callable[[], Origin] | None] = ContextVar("origin", default=None)


def current() -> Origin:
    """The origin of the request at hand; nowhere outside of one: a worker and a command have none."""
    find = _current.get()
    return find() if find else NOWHERE


def bind(find: Callable[[], Origin]) -> Token[Callable[[], Origin] | None]:
    """Ask `find` for the origin, when somebody wants to know, until `release`."""
    return _current.set(find)


def release(token: Token[Callable[[], Origin] | None]) -> None:
    """Go back to what was current before `bind`."""
    _current.reset(token)
