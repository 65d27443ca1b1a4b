"""The id of the request that is being answered, for whoever writes something down about it."""

import secrets
from contextvars import ContextVar, Token

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id of the request or task at hand; empty outside of both."""
    return _current.get()


def bind(value: str) -> Token[str]:
    """Make `value` the current id until `release`."""
    return _current.set(value)


def release(token: Token[str]) -> None:
    """Go back to what was current before `bind`."""
    _current.reset(token)


def new() -> str:
    """A fresh id, 22 URL-safe characters."""
    return secrets.token_urlsafe(16)
