"""What workers do for the journal."""

from celery import shared_task
from django.utils import timezone

from accounts.journal import relay, seals
from accounts.journal.record import DELIVER_ENTRY


@shared_task(name=DELIVER_ENTRY, expires=300)
def deliver_entry(entry_id: int) -> None:
    """Deliver one entry that was just committed."""
    relay.deliver_entry(entry_id=entry_id, now=timezone.now())


@shared_task(name="accounts.journal.deliver_due", expires=60)
def deliver_due() -> None:
    """Deliver what is due, whatever the reason that it was not delivered at once."""
    relay.deliver_due(now=timezone.now())


@shared_task(name="accounts.journal.seal_entries", expires=60)
def seal_entries() -> None:
    """Seal what was recorded since the last time."""
    seals.seal_entries(now=timezone.now())
