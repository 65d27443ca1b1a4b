"""A cache that is away is an empty cache, except for who wants something forgotten."""

from collections.abc import Iterator

import pytest
import redis
from django.conf import LazySettings
from structlog.testing import capture_logs

from config.http import caching
from config.http.caching import ForgivingRedisCache


@pytest.fixture
def lost() -> Iterator[ForgivingRedisCache]:
    """A cache whose server is not there."""
    caching.breaker.reset()
    yield ForgivingRedisCache("redis://127.0.0.1:1/0", {})
    caching.breaker.reset()


@pytest.fixture
def cache(settings: LazySettings) -> ForgivingRedisCache:
    """A cache that works."""
    return ForgivingRedisCache(settings.REDIS_URL, {"KEY_PREFIX": "test-caching"})


def test_it_is_a_cache(cache: ForgivingRedisCache) -> None:
    cache.set_many({"a": 1, "b": [2]})
    assert cache.get_many(["a", "b", "c"]) == {"a": 1, "b": [2]}
    assert cache.has_key("a")
    assert not cache.add("a", 3)
    cache.delete("a")
    assert cache.get("a", "gone") == "gone"


def test_its_absence_is_a_miss(lost: ForgivingRedisCache) -> None:
    with capture_logs() as lines:
        lost.set("a", 1)
        assert lost.get("a", "missed") == "missed"
        assert lost.get_many(["a"]) == {}
        assert not lost.has_key("a")
        assert lost.add("a", 1)
        assert lost.set_many({"a": 1}) == ["a"]
    assert [line["consequence"] for line in lines] == ["nothing is cached"]


def test_what_cannot_be_forgotten_is_an_error(lost: ForgivingRedisCache) -> None:
    with pytest.raises(redis.ConnectionError):
        lost.delete("a")
