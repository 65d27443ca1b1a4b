"""The one door into the journal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from accounts.journal.events import Event, payload_of
from accounts.journal.models import Delivery, JournalEntry
from accounts.journal.subscriptions import subscribers_of
from config.kernel import request_id

if TYPE_CHECKING:
    from accounts.identity.models import User

log = structlog.get_logger(__name__)

DELIVER_ENTRY = "accounts.journal.deliver_entry"


def record(event: Event, *, actor: User | None, now: datetime) -> JournalEntry:
    """Write what happened into the journal, in the transaction that made it happen.

    Subscribers hear of it after the commit. `actor` is None for what the platform does by itself.
    Raises `TransactionManagementError` outside a transaction: an entry must not outlive a change that was rolled back.
    """
    if not transaction.get_connection().in_atomic_block:
        msg = f"{event.kind} was recorded outside a transaction"
        raise transaction.TransactionManagementError(msg)
    entry = JournalEntry.objects.create(
        academy_id=event.academy_id,
        actor=actor,
        kind=event.kind,
        version=event.version,
        subject_id=event.subject_id,
        payload=payload_of(event),
        request_id=request_id.current(),
        occurred_at=now,
    )
    names = subscribers_of(event.kind)
    if names:
        Delivery.objects.bulk_create(Delivery(entry=entry, subscriber=name, due_at=now) for name in names)
        transaction.on_commit(lambda: hurry(entry.pk))
    return entry


def hurry(entry_id: int) -> None:
    """Ask a worker to deliver an entry now. Without a broker nothing is lost: the sweeper finds the rows."""
    try:
        current_app.send_task(DELIVER_ENTRY, args=[entry_id], retry=False)
    except (OperationalError, OSError) as error:
        log.warning("journal.hurry_failed", entry=entry_id, reason=str(error))
