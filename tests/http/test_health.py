"""Alive and ready, told without a session and within a second, whatever has died."""

import socket
from collections.abc import Iterator
from time import perf_counter

import pytest
from django.conf import LazySettings
from django.db import connections
from django.test import Client

from config.http import health


@pytest.fixture
def black_hole() -> Iterator[int]:
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as server:
        yield server.getsockname()[1]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_healthy(visitor: Client, path: str) -> None:
    response = visitor.get(path)
    assert response.status_code == 200, response.content
    assert response.json() == {"status": "ok"}
    assert not response.cookies


@pytest.mark.django_db
def test_healthy_is_said_quickly_and_to_any_host_name(visitor: Client) -> None:
    visitor.get("/health")
    started = perf_counter()
    assert visitor.get("/health", headers={"Host": "10.0.0.7"}).status_code == 200
    assert perf_counter() - started < 0.5  # about 10 ms; the bound leaves room for a busy machine


@pytest.mark.django_db
def test_a_redis_that_is_away_is_named(visitor: Client, settings: LazySettings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = visitor.get("/health")
    assert response.status_code == 503
    assert response.json() == {"status": "failing", "failing": ["redis"]}


@pytest.mark.django_db
def test_servers_that_never_answer_do_not_make_it_hang(
    visitor: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, black_hole: int
) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{black_hole}/0"
    monkeypatch.setitem(connections.settings["default"], "HOST", "127.0.0.1")
    monkeypatch.setitem(connections.settings["default"], "PORT", black_hole)
    started = perf_counter()
    response = visitor.get("/health")
    took = perf_counter() - started
    assert response.status_code == 503
    assert response.json()["failing"] == ["database", "redis"]
    assert took < 2


@pytest.mark.django_db
def test_ready_waits_for_migrations(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_newest_migrations", lambda: frozenset({("accounts", "9999_not_applied_yet")}))
    assert visitor.get("/ready").json() == {"status": "failing", "failing": ["migrations"]}
    assert visitor.get("/health").status_code == 200


def test_only_reading(visitor: Client) -> None:
    assert visitor.post("/health").status_code == 405
