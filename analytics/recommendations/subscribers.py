"""What a learner has just done is not recommended any more."""

from typing import Any

from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from analytics.recommendations.actions import make_stale
from exams.events import QuizFinished, ReviewsDone, StudyFinished


def look_again(event: Any, entry: JournalEntry) -> None:
    """Think it through when it is next read."""
    make_stale(academy=event.academy_id, learner=event.learner_id, at=entry.occurred_at)


# Handing in an exam is not heard: `refresh_if_stale` looks for it, which costs the learner who hands in nothing.
for _event in (QuizFinished, ReviewsDone, StudyFinished):
    subscribe(_event, name=f"analytics.look_again_after_{_event.__name__}")(look_again)
