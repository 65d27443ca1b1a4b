"""Counting in Redis, with one round trip, and with an answer for the time when Redis is away."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.http.breaker import Breaker

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


breaker = Breaker("rates are not counted")


@cache
def _client(url: str) -> Any:
    return redis.Redis.from_url(
        url,
        socket_timeout=_TIMEOUT_SECONDS,
        socket_connect_timeout=_TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 1),  # once: a connection may have gone stale while it was idle
    )


@cache
def _script(url: str) -> Any:
    return _client(url).register_script(_COUNT)


def counted(*keys: str) -> list[int] | None:
    """How much each of the keys counts at present; None while Redis does not answer."""
    if breaker.is_open:
        return None
    try:
        return [int(count or 0) for count in _client(settings.REDIS_URL).mget(keys)]
    except redis.RedisError as error:
        breaker.trip(error)
        return None


def count_one(key: str, *, window_seconds: int) -> Window | None:
    """Count one more under `key`; None while Redis does not answer."""
    if breaker.is_open:
        return None
    try:
        count, left = _script(settings.REDIS_URL)(keys=[key], args=[window_seconds * 1000])
    except redis.RedisError as error:
        breaker.trip(error)
        return None
    return Window(count=int(count), seconds_left=int(left) / 1000)
