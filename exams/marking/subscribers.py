"""What marking does when something happens.

Nothing here hears of attempts that were marked: handing in is the busiest of the writes, and the sweeper of
`marked_answers` finds them seconds later, many at once.
"""

from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from exams.events import AttemptVoided, ResultsReleased
from exams.marking.marked_answers import show_result, show_results


@subscribe(AttemptVoided, name="exams.discount_voided")
def discount_voided(event: AttemptVoided, entry: JournalEntry) -> None:
    """The answers count no more."""
    show_result(attempt=event.attempt_id, now=entry.occurred_at)


@subscribe(ResultsReleased, name="exams.show_released")
def show_released(event: ResultsReleased, entry: JournalEntry) -> None:
    """Keep the answers of a first batch; the sweeper does the rest."""
    show_results(delivery=event.delivery_id, now=entry.occurred_at)
