"""Events and subscribers of these tests alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import transaction

from accounts.journal.models import JournalEntry
from accounts.journal.record import record
from accounts.journal.subscriptions import subscribe, unsubscribe
from config.kernel.ids import new_id
from tests.accounts.journal.events import LampLit

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """The moment at which these tests happen."""
    return NOW


@pytest.fixture
def light() -> Callable[..., JournalEntry]:
    """Records one event in a transaction of its own."""

    def light_lamp(*, watts: int = 40, academy: UUID | None = None, now: datetime = NOW) -> JournalEntry:
        with transaction.atomic():
            return record(LampLit(academy_id=academy, lamp_id=new_id(), watts=watts), actor=None, now=now)

    return light_lamp


@pytest.fixture
def heard() -> Iterator[list[LampLit]]:
    """What the subscriber "tests.listener" has heard so far."""
    events: list[LampLit] = []

    @subscribe(LampLit, name="tests.listener")
    def listen(event: LampLit, entry: JournalEntry) -> None:
        events.append(event)

    yield events
    unsubscribe("tests.listener")
