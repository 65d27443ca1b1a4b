"""Addresses that are given win; nothing is started for them."""

from pathlib import Path

import pytest

from config.embedded import for_tests, local_urls, urls

GIVEN = {"DATABASE_URL": "postgresql://somewhere/db", "REDIS_URL": "redis://somewhere/0"}


@pytest.fixture(autouse=True)
def _nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("servers were started")

    monkeypatch.setattr(urls, "ensure", refuse)


def test_given_addresses_win(tmp_path: Path) -> None:
    assert local_urls(GIVEN, home=tmp_path) == {"database_url": GIVEN["DATABASE_URL"], "redis_url": GIVEN["REDIS_URL"]}
    assert list(tmp_path.iterdir()) == []


def test_workers_of_the_test_suite_find_the_addresses_in_the_environment(tmp_path: Path) -> None:
    environ = dict(GIVEN)
    for_tests(environ, home=tmp_path)
    assert environ == GIVEN


def test_switched_off_starts_nothing(tmp_path: Path) -> None:
    found = local_urls({"LOCAL_SERVERS": "off", "REDIS_URL": GIVEN["REDIS_URL"]}, home=tmp_path)
    assert found["redis_url"] == GIVEN["REDIS_URL"]
    assert found["database_url"].startswith("postgresql://")
