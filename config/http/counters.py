"""Counting in Redis, with one round trip, and with an answer for the time when Redis is away."""

from collections.abc import Awaitable
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any

import redis
import structlog
from django.conf import settings

log = structlog.get_logger()

# After a failure Redis is not asked again for this long: every request would otherwise wait for the same timeout.
REST_SECONDS = 2.0
_TIMEOUT_SECONDS = 0.25

# Counts one in a window that begins with the first of it. Returns the count and the milliseconds left.
_COUNT = """
local count = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  left = tonumber(ARGV[1])
end
return {count, left}
"""


@dataclass(frozen=True, slots=True)
class Window:
    """How often something has happened in the present window, and how much of that window is left."""

    count: int
    seconds_left: float


@dataclass
class _Rest:
    until: float = 0.0


_rest = _Rest()


@cache
def _script(url: str) -> Any:
    client = redis.Redis.from_url(url, socket_timeout=_TIMEOUT_SECONDS, socket_connect_timeout=_TIMEOUT_SECONDS)
    return client.register_script(_COUNT)


def count_one(key: str, *, window_seconds: int) -> Window | None:
    """Count one more under `key`; None while Redis does not answer (logged when that begins, and while it lasts)."""
    if monotonic() < _rest.until:
        return None
    try:
        result: Awaitable[Any] | Any = _script(settings.REDIS_URL)(keys=[key], args=[window_seconds * 1000])
    except redis.RedisError as error:
        _rest.until = monotonic() + REST_SECONDS
        log.error("redis does not answer: rates are not counted", error=type(error).__name__)
        return None
    count, left = result
    return Window(count=int(count), seconds_left=int(left) / 1000)


def forget_rest() -> None:
    """Ask Redis again at once."""
    _rest.until = 0.0
