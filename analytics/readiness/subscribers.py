"""What readiness does when something happens."""

from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from analytics.readiness.actions import resolve_prediction
from exams.events import AttemptVoided, ResultChanged, ResultShown


@subscribe(ResultShown, name="analytics.resolve_prediction")
def resolve(event: ResultShown, entry: JournalEntry) -> None:
    """It came true, or not."""
    resolve_prediction(attempt=event.attempt_id, now=entry.occurred_at)


@subscribe(ResultChanged, name="analytics.resolve_prediction_again")
def resolve_again(event: ResultChanged, entry: JournalEntry) -> None:
    """A regrade decides anew."""
    resolve_prediction(attempt=event.attempt_id, now=entry.occurred_at)


@subscribe(AttemptVoided, name="analytics.drop_outcome")
def drop_outcome(event: AttemptVoided, entry: JournalEntry) -> None:
    """What does not count says nothing about predictions."""
    resolve_prediction(attempt=event.attempt_id, now=entry.occurred_at)
