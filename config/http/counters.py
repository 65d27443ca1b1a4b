"""Counting in Redis, with one round trip, and with an answer for the time when Redis is away."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.http.breaker import Breaker

_TIMEOUT_SECONDS = 0.25

# Counts one in each key's window, which begins with the first of it. Returns counts and milliseconds left, in turns.
_COUNT = """
local found = {}
for i, key in ipairs(KEYS) do
  local count = redis.call('INCR', key)
  local left = redis.call('PTTL', key)
  if left < 0 then
    redis.call('PEXPIRE', key, ARGV[i])
    left = tonumber(ARGV[i])
  end
  found[2 * i - 1], found[2 * i] = count, left
end
return found
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


def count_each(windows: Mapping[str, int]) -> list[Window] | None:
    """Count one more under each key, in windows of so many seconds; None while Redis does not answer."""
    if breaker.is_open:
        return None
    lengths = [seconds * 1000 for seconds in windows.values()]
    try:
        found = _script(settings.REDIS_URL)(keys=list(windows), args=lengths)
    except redis.RedisError as error:
        breaker.trip(error)
        return None
    return [
        Window(count=int(count), seconds_left=int(left) / 1000)
        for count, left in zip(found[::2], found[1::2], strict=True)
    ]


def count_one(key: str, *, window_seconds: int) -> Window | None:
    """`count_each` for one key."""
    windows = count_each({key: window_seconds})
    return windows[0] if windows else None
