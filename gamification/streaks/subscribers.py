"""Days count by what was answered on them, wherever."""

from typing import Any

from accounts.journal.events import Event
from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from exams.events import QuizFinished, ResultShown, ReviewsDone, StudyFinished
from gamification.streaks.actions import count, shares_of

EVENTS: tuple[type[Event], ...] = (QuizFinished, StudyFinished, ReviewsDone, ResultShown)


def _has_answers(event: Any) -> bool:
    return bool(event.days)


def count_answers(event: Any, entry: JournalEntry) -> None:
    """Add the answers to their days."""
    count(shares=shares_of(event, entry), now=entry.occurred_at)


for _event in EVENTS:
    subscribe(_event, name=f"gamification.count_{_event.__name__}", when=_has_answers)(count_answers)
