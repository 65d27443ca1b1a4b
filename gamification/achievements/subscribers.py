"""What may have been reached by what happened."""

from datetime import date
from typing import Any

from accounts.journal.events import Event
from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from exams.events import QuizFinished, ResultShown, ReviewsDone, StudyFinished
from gamification.achievements.actions import award_reached, count_deeds, rows_of
from gamification.achievements.catalogue import DEEDS
from gamification.achievements.metrics import DAYS, DOMAINS, POINTS
from gamification.events import DayActive, XPEarned

EVENTS: tuple[type[Event], ...] = (QuizFinished, StudyFinished, ReviewsDone, ResultShown)


def _has_answers(event: Any) -> bool:
    return bool(event.answered)


def award_for_answers(event: Any, entry: JournalEntry) -> None:
    """Count what was done; then look at it, and at the domains that were answered in."""
    count_deeds(deeds=rows_of(event, entry))
    award_reached(academy=event.academy_id, learner=event.learner_id, metrics=DEEDS | DOMAINS, now=entry.occurred_at)


for _event in EVENTS:
    subscribe(_event, name=f"gamification.award_for_{_event.__name__}", when=_has_answers)(award_for_answers)


@subscribe(XPEarned, name="gamification.award_for_points")
def award_for_points(event: XPEarned, entry: JournalEntry) -> None:
    """Levels, passed exams, reports that were upheld."""
    assert event.academy_id is not None  # everything that earns points happens in an academy
    award_reached(academy=event.academy_id, learner=event.learner_id, metrics=POINTS, now=entry.occurred_at)


@subscribe(DayActive, name="gamification.award_for_day")
def award_for_day(event: DayActive, entry: JournalEntry) -> None:
    """The streak, and the number of days."""
    assert event.academy_id is not None  # days are counted in an academy
    award_reached(
        academy=event.academy_id,
        learner=event.learner_id,
        metrics=DAYS,
        now=entry.occurred_at,
        today=date.fromisoformat(event.local_date),
    )
