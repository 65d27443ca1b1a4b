"""Goals are reached by what happens; reminders follow a learner's clock."""

from datetime import date
from typing import Any

from accounts.identity.events import TimeZoneChanged
from accounts.identity.zones import local_date
from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from accounts.models import User
from exams.events import QuizFinished, ResultShown, ReviewsDone, StudyFinished
from gamification.events import XPEarned
from gamification.goals.actions import note_reached
from gamification.goals.reminders import reset_times


def _has_answers(event: Any) -> bool:
    return bool(event.days)


def reach_by_answers(event: Any, entry: JournalEntry) -> None:
    """The days and weeks that were answered in."""
    note_reached(
        academy=event.academy_id,
        learner=event.learner_id,
        dates=[date.fromisoformat(day) for day in event.days],
        now=entry.occurred_at,
    )


for _event in (QuizFinished, StudyFinished, ReviewsDone, ResultShown):
    subscribe(_event, name=f"gamification.reach_by_{_event.__name__}", when=_has_answers)(reach_by_answers)


@subscribe(XPEarned, name="gamification.reach_by_points")
def reach_by_points(event: XPEarned, entry: JournalEntry) -> None:
    """The day and week of the points."""
    learner = User.objects.filter(pk=event.learner_id).first()
    if learner is not None and event.academy_id is not None:
        day = local_date(user=learner, at=entry.occurred_at)
        note_reached(academy=event.academy_id, learner=learner.pk, dates=[day], now=entry.occurred_at)


@subscribe(TimeZoneChanged, name="gamification.follow_clock")
def follow_clock(event: TimeZoneChanged, entry: JournalEntry) -> None:
    """Reminders come at the hour of the new zone."""
    learner = User.objects.filter(pk=event.user_id).first()
    if learner is not None:
        reset_times(learner=learner, zone=event.after, now=entry.occurred_at)
