"""What certificates do when something happens. Each looks at the result as it is by now."""

from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from exams.events import AttemptVoided, ResultChanged, ResultShown
from gamification.certificates.actions import settle_certificate


@subscribe(ResultShown, name="gamification.certify", when=lambda event: event.gives_certificate and bool(event.passed))
def certify(event: ResultShown, entry: JournalEntry) -> None:
    """Issue a certificate."""
    settle_certificate(attempt=event.attempt_id, now=entry.occurred_at)


@subscribe(ResultChanged, name="gamification.certify_anew")
def certify_anew(event: ResultChanged, entry: JournalEntry) -> None:
    """A regrade gives and takes."""
    settle_certificate(attempt=event.attempt_id, now=entry.occurred_at)


@subscribe(AttemptVoided, name="gamification.revoke_voided")
def revoke_voided(event: AttemptVoided, entry: JournalEntry) -> None:
    """An attempt that does not count certifies nothing."""
    settle_certificate(attempt=event.attempt_id, now=entry.occurred_at)
