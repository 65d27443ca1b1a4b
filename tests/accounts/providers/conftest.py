"""A provider for each test, which the platform knows."""

from collections.abc import Iterator

import pytest

from accounts.identity.adapters import AccountAdapter
from tests.accounts.providers.server import Provider, running_provider


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    """A running provider."""
    with running_provider() as running:
        for name, value in running.settings().items():
            setattr(settings, name, value)
        yield running


@pytest.fixture
def open_to_all(monkeypatch) -> None:
    """People may sign themselves up."""
    monkeypatch.setattr(AccountAdapter, "is_open_for_signup", lambda *_: True)
