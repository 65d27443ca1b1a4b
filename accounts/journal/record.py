"""The one door into the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import structlog
from celery import current_app
from django.db import DEFAULT_DB_ALIAS, transaction
from kombu.exceptions import OperationalError

from accounts.journal.events import Event, payload_of
from accounts.journal.models import Delivery, JournalEntry
from accounts.journal.subscriptions import subscribers_of
from config.kernel import origin, request_id
from config.kernel.statements import prepared_cursor

if TYPE_CHECKING:
    from accounts.identity.models import User

log = structlog.get_logger(__name__)

_INSERT = """
INSERT INTO accounts_journalentry
    (academy_id, actor_id, kind, version, subject_id, payload, request_id, severity, place, device, occurred_at)
VALUES {rows} RETURNING id
"""
_ROW = "(%s, %s, %s, %s::smallint, %s, %s::jsonb, %s, %s::smallint, %s, %s, %s)"

_is_unhurried: ContextVar[bool] = ContextVar("is_unhurried", default=False)

DELIVER_ENTRY = "accounts.journal.deliver_entry"


def record(event: Event, *, actor: User | None, now: datetime) -> JournalEntry:
    """Write what happened into the journal, in the transaction that made it happen.

    Subscribers hear of it after the commit. `actor` is None for what the platform does by itself.
    Raises `TransactionManagementError` outside a transaction: an entry must not outlive a change that was rolled back.
    """
    (entry,) = record_in_order((event, actor), now=now)
    return entry


def record_in_order(*happened: tuple[Event, User | None], now: datetime) -> list[JournalEntry]:
    """`record` for several events, each with its actor, that one thing made happen: in one statement."""
    if not transaction.get_connection().in_atomic_block:
        msg = f"{happened[0][0].kind} was recorded outside a transaction"
        raise transaction.TransactionManagementError(msg)
    entries = [_entry(event, actor=actor, now=now) for event, actor in happened]
    _write(entries)
    for (event, _), entry in zip(happened, entries, strict=True):
        if names := subscribers_of(event):
            Delivery.objects.bulk_create(Delivery(entry=entry, subscriber=name, due_at=now) for name in names)
            transaction.on_commit(partial(hurry, entry.pk))
    return entries


def _entry(event: Event, *, actor: User | None, now: datetime) -> JournalEntry:
    here = origin.current() if event.severity else origin.NOWHERE
    return JournalEntry(
        academy_id=event.academy_id,
        actor=actor,
        kind=event.kind,
        version=event.version,
        subject_id=event.subject_id,
        payload=payload_of(event),
        request_id=request_id.current(),
        severity=event.severity,
        place=here.place,
        device=here.device,
        occurred_at=now,
    )


def _write(entries: Sequence[JournalEntry]) -> None:
    """Save new entries: every change of the platform passes here, so the statement is a prepared one."""
    values = [
        value
        for entry in entries
        for value in (
            entry.academy_id,
            entry.actor_id,
            entry.kind,
            entry.version,
            entry.subject_id,
            json.dumps(entry.payload, ensure_ascii=False),
            entry.request_id,
            entry.severity,
            entry.place,
            entry.device,
            entry.occurred_at,
        )
    ]
    with prepared_cursor() as cursor:
        cursor.execute(_INSERT.format(rows=", ".join([_ROW] * len(entries))), values)
        # Rows of VALUES are inserted, and returned, in their order.
        for entry, (key,) in zip(entries, cursor.fetchall(), strict=True):
            entry.pk = key
            state = entry._state  # noqa: SLF001 - the documented way to say that a row is there
            state.adding, state.db = False, DEFAULT_DB_ALIAS


@contextmanager
def unhurried() -> Iterator[None]:
    """Within, no worker is asked to deliver at once: for who records thousands of entries and delivers them itself."""
    token = _is_unhurried.set(True)
    try:
        yield
    finally:
        _is_unhurried.reset(token)


def hurry(entry_id: int) -> None:
    """Ask a worker to deliver an entry now. Without a broker nothing is lost: the sweeper finds the rows."""
    if _is_unhurried.get():
        return
    try:
        current_app.send_task(DELIVER_ENTRY, args=[entry_id], retry=False)
    except (OperationalError, OSError) as error:
        log.warning("journal.hurry_failed", entry=entry_id, reason=str(error))
