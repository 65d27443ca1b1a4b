"""A home of its own for every test of the local servers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded.homes import temporary_home


@pytest.fixture
def home() -> Iterator[Path]:
    """Where the servers of this test live."""
    with temporary_home() as folder:
        yield folder
