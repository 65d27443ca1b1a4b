"""The history of the demonstration: made by the actions of real use, gone on with after a stop, and made once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from analytics.models import AcademyActivity, LearnerDay
from config import demo_history, demo_people
from config.demo_history import seed_history
from exams.models import MarkedAnswer, PracticeSession
from gamification.models import StreakDay, XPTotal

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
DAYS = 4


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Four days of a handful of learners who learn on most of them."""
    monkeypatch.setattr(demo_people, "DAYS", DAYS)
    monkeypatch.setattr(demo_people, "LEARNERS", 6)
    monkeypatch.setattr(demo_people, "REGULARS", 1)
    monkeypatch.setattr(demo_history, "MOCKS", {1: ("Mock", True)})
    monkeypatch.setattr(demo_history, "REPORTS", {})
    call_command("seed_demo", verbosity=0, history=False)
    return


def counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for label in ("accounts", "academies", "exams", "gamification", "analytics")
        for model in apps.get_app_config(label).get_models()
        if model._meta.label != "analytics.Watermark"
    }


def test_a_history_that_was_stopped_is_gone_on_with_and_made_once(short: None, monkeypatch: pytest.MonkeyPatch) -> None:
    live = demo_history._live

    def stops(world: Any, crowd: Any, day: int) -> None:
        if day == 2:
            raise KeyboardInterrupt
        live(world, crowd, day)

    monkeypatch.setattr(demo_history, "_live", stops)
    with pytest.raises(KeyboardInterrupt):
        seed_history(now=NOW, is_shown=False)
    monkeypatch.setattr(demo_history, "_live", live)
    # Another day has begun meanwhile; the history still ends where it was to end.
    seed_history(now=NOW + timedelta(days=1), is_shown=False)

    sessions = PracticeSession.objects.order_by("started_at")
    first, last = sessions.values_list("started_at", flat=True)[0], sessions.values_list("started_at", flat=True).last()
    assert first >= datetime(2026, 11, 17, tzinfo=UTC)
    assert last is not None
    assert datetime(2026, 11, 20, tzinfo=UTC) <= last < datetime(2026, 11, 21, tzinfo=UTC)
    assert not sessions.filter(state="open").exists()
    everything = MarkedAnswer.objects.filter(is_counted=True).count()
    assert sum(LearnerDay.objects.values_list("answers", flat=True)) == everything
    assert sum(AcademyActivity.objects.values_list("answers", flat=True)) == everything
    assert XPTotal.objects.filter(total__gt=0).count() > 3
    assert StreakDay.objects.exists()

    before = counts()
    seed_history(now=NOW + timedelta(days=9), is_shown=False)
    assert counts() == before
