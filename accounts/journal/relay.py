"""Brings entries to their subscribers: at least once, in any number of processes at the same time.

A delivery is tried in two steps. The claim counts the try and commits, so that a handler that kills its process is not
tried for ever. Then handler and mark share a transaction: what the handler did in the database and "done" stand or
fall together, and the locked row keeps every other relay away meanwhile.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction

from accounts.journal.events import event_from
from accounts.journal.models import Delivery, JournalEntry
from accounts.journal.querysets import OutgoingQuerySet
from accounts.journal.subscriptions import handler_of

log = structlog.get_logger(__name__)

MAX_TRIES = 10
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
ERROR_LENGTH = 500


class NoSubscriber(LookupError):
    """The running code has no subscriber of this name."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """What one round of deliveries came to."""

    done: int = 0
    failed: int = 0


def deliver_due(*, now: datetime, limit: int = 500) -> Round:
    """Try what is due, at most `limit` deliveries."""
    return _deliver(Delivery.objects.all(), now=now, limit=limit)


def deliver_entry(*, entry_id: int, now: datetime) -> Round:
    """Try what is due of one entry."""
    return _deliver(Delivery.objects.filter(entry=entry_id), now=now, limit=100)


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries: 30 s, doubling, at most 6 h."""
    doublings: int = 2 ** min(tries - 1, 20)
    return min(FIRST_PAUSE * doublings, LONGEST_PAUSE)


def _deliver(deliveries: OutgoingQuerySet, *, now: datetime, limit: int) -> Round:
    done = failed = 0
    for _ in range(limit):
        delivery = _claim(deliveries.due(now=now), now=now)
        if delivery is None:
            break
        if delivery.state == Delivery.State.DEAD:
            failed += 1
            continue
        try:
            done += _hand_over(delivery, now=now)
        except Exception as error:
            failed += 1
            _note_failure(delivery, error)
            if isinstance(error, SoftTimeLimitExceeded):
                raise
    return Round(done=done, failed=failed)


@transaction.atomic
def _claim(due: OutgoingQuerySet, *, now: datetime) -> Delivery | None:
    rows = due.select_for_update(skip_locked=True, of=("self",)).select_related("entry")
    delivery: Delivery | None = rows.first()
    if delivery is None:
        return None
    if delivery.tries >= MAX_TRIES:
        # Its last try ended with the process.
        delivery.last_error = delivery.last_error or "The worker died each time."
        _give_up(delivery)
    delivery.tries += 1
    delivery.due_at = now + pause_after(delivery.tries)
    delivery.save(update_fields=["tries", "due_at", "state", "last_error"])
    return delivery


@transaction.atomic
def _hand_over(delivery: Delivery, *, now: datetime) -> int:
    # Waits: another relay may have looked at the row, and locked it, while it was being claimed here.
    mine = Delivery.objects.select_for_update().filter(
        pk=delivery.pk, state=Delivery.State.PENDING, tries=delivery.tries
    )
    if mine.first() is None:
        return 0
    entry: JournalEntry = delivery.entry
    handler = handler_of(delivery.subscriber)
    if handler is None:
        raise NoSubscriber(delivery.subscriber)
    handler(
        event_from(kind=entry.kind, version=entry.version, academy_id=entry.academy_id, payload=entry.payload), entry
    )
    return Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.DONE, done_at=now, last_error="")


def _note_failure(delivery: Delivery, error: Exception) -> None:
    delivery.last_error = f"{type(error).__name__}: {error}"[:ERROR_LENGTH].replace("\x00", "")
    if delivery.tries >= MAX_TRIES:
        _give_up(delivery)
    else:
        log.warning(
            "journal.delivery_failed",
            delivery=delivery.pk,
            subscriber=delivery.subscriber,
            tries=delivery.tries,
            exc_info=error,
        )
    delivery.save(update_fields=["state", "last_error"])


def _give_up(delivery: Delivery) -> None:
    delivery.state = Delivery.State.DEAD
    log.error(
        "journal.delivery_given_up",
        delivery=delivery.pk,
        entry=delivery.entry_id,
        subscriber=delivery.subscriber,
        reason=delivery.last_error,
    )
