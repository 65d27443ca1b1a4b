"""Django's Redis cache, except that a cache that is away is an empty cache and not an error.

Deleting is the exception: who believes that something is forgotten (a session, at sign-out) must be able to rely on it.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import redis
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property

from config.http.breaker import Breaker

Answer = TypeVar("Answer")

breaker = Breaker("nothing is cached")


class _LastingClient(RedisCacheClient):
    """Keeps the client that Django would make anew for every operation, at as much cost as the operation itself."""

    @cached_property
    def _made(self) -> dict[int, Any]:
        return {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """The client of a server: of the first for writes, of any for reads."""
        # Which lives as long as this cache does.
        pool = self._get_connection_pool(write)  # type: ignore[attr-defined]  # the stubs leave it out
        if id(pool) not in self._made:
            self._made[id(pool)] = self._client(connection_pool=pool)  # type: ignore[attr-defined]
        return self._made[id(pool)]


class ForgivingRedisCache(RedisCache):
    """Reads miss and writes are lost while Redis does not answer."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _LastingClient

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default."""
        return _forgiven(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        """What is there."""
        return _forgiven(lambda: super(ForgivingRedisCache, self).get_many(keys, version), {})

    def has_key(self, key: Any, version: int | None = None) -> bool:
        """Whether it is there."""
        return _forgiven(lambda: super(ForgivingRedisCache, self).has_key(key, version), False)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep the value, if possible."""
        _forgiven(lambda: super(ForgivingRedisCache, self).set(key, value, timeout, version), None)

    def set_many(self, data: dict[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        """Keep the values, if possible. Returns the keys that were not kept."""
        return _forgiven(lambda: super(ForgivingRedisCache, self).set_many(data, timeout, version), list(data))

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep the value unless there is one. True as well when nobody can tell."""
        return _forgiven(lambda: super(ForgivingRedisCache, self).add(key, value, timeout, version), True)


def _forgiven(operation: Callable[[], Answer], otherwise: Answer) -> Answer:
    if breaker.is_open:
        return otherwise
    try:
        return operation()
    except redis.RedisError as error:
        breaker.trip(error)
        return otherwise
