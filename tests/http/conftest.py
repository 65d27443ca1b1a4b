"""A person, a browser of theirs, and the routes that only these tests have."""

from collections.abc import Iterator
from typing import Any

import pytest
import redis
from django.conf import LazySettings
from django.test import Client

from accounts.models import User
from config.http import caching, counters


@pytest.fixture(autouse=True)
def test_routes(settings: LazySettings) -> None:
    """Serve `tests.http.urls`."""
    settings.ROOT_URLCONF = "tests.http.urls"


@pytest.fixture
def person(db: None) -> User:
    """Somebody without an academy."""
    return User.objects.create_user("ada@harbour.example", "correct-horse-battery", name="Ada")


@pytest.fixture
def browser(person: User) -> Client:
    """Signed in, and without Django's test shortcuts: CSRF counts and failures become responses."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(person)
    return browser


@pytest.fixture
def visitor() -> Client:
    """Signed out, and without Django's test shortcuts."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def redis_counters(settings: LazySettings) -> Iterator[Any]:
    """Redis without counters from before."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    for key in client.scan_iter("rate:*"):
        client.delete(key)
    counters.breaker.reset()
    yield client
    counters.breaker.reset()
    caching.breaker.reset()


@pytest.fixture
def no_redis(settings: LazySettings, redis_counters: Any) -> None:
    """Rates are counted in a Redis that is not there."""
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
