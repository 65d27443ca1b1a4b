"""Servers, settings and the shared cast.

The addresses of the servers go into the environment before the settings are read, which is why the settings are named
here and not in pyproject.toml. Workers of a parallel run inherit the addresses and start nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from config.embedded import for_tests

if TYPE_CHECKING:
    from tests.cast import Cast, Person, WatchedClient

# No test is timed, nor its examples: on a busy machine making one may take any time. What an example writes is rolled
# back or belongs to that example alone, so that all of them may share the fixtures of the test.
settings.register_profile("untimed", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("untimed")

for_tests()
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django  # noqa: E402  # its settings read the addresses

django.setup()

from django.test import TransactionTestCase  # noqa: E402  # needs the settings

from tests.emptying import empty_tables  # noqa: E402

# Django offers no other way to say how.
TransactionTestCase._fixture_teardown = empty_tables


@pytest.fixture(autouse=True)
def forgetful_redis(request: pytest.FixtureRequest) -> None:
    """Caches and rate limits start empty in every test that has a database."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        from django.core.cache import cache

        cache.clear()


@pytest.fixture(autouse=True)
def alone_on_the_server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What reads on by transaction is not held back by other workers, which share the server (`tests.transactions`)."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        return
    from analytics.rollups import folding
    from exams.practice.repetition import cards
    from tests.transactions import own_snapshot

    def snapshot() -> folding.Snapshot:
        bound, newest = own_snapshot()
        return folding.Snapshot(bound=bound, newest=newest)

    monkeypatch.setattr(folding, "_snapshot", snapshot)
    monkeypatch.setattr(cards, "_oldest_running", lambda: str(own_snapshot()[0]))


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, in the database."""
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture
def api() -> Callable[[Person], WatchedClient]:
    """`api(person)` is a client that is signed in as that person."""
    from tests.cast import sign_in

    return sign_in
