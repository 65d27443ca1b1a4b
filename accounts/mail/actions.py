"""Posting letters, and sending what was posted."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from celery import current_app
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from kombu.exceptions import OperationalError

from accounts.identity.models import User
from accounts.mail.letters import write_letter
from accounts.mail.models import OutgoingMail

log = structlog.get_logger(__name__)

SEND_LETTER = "accounts.mail.send_letter"
MAX_TRIES = 8
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=2)


def post_letter(
    *, kind: str, to: User | str, context: Mapping[str, Any], now: datetime, locale: str = ""
) -> OutgoingMail:
    """Post the letter `mail/{locale}/{kind}.txt` to a person, or to an address that is nobody's.

    Has to be called in the transaction of what it speaks of; it is sent after the commit, whatever dies in between.
    `context` is JSON. Without a `locale` a person's own is taken.
    """
    if not transaction.get_connection().in_atomic_block:
        msg = f"the letter {kind} was posted outside a transaction"
        raise transaction.TransactionManagementError(msg)
    person = to if isinstance(to, User) else None
    letter: OutgoingMail = OutgoingMail.objects.create(
        kind=kind,
        user=person,
        address=person.email if person else str(to),
        locale=locale or (person.locale if person else settings.LANGUAGE_CODE),
        context=dict(context),
        due_at=now,
        created_at=now,
    )
    transaction.on_commit(lambda: _hurry(letter.pk))
    return letter


def send_due(*, now: datetime, limit: int = 200) -> int:
    """Send what is due; says how many letters went out. Any number of processes may do so at once."""
    sent = 0
    for _ in range(limit):
        was_sent = _send_next(None, now=now)
        if was_sent is None:
            break
        sent += was_sent
    return sent


def send_letter(*, letter: UUID, now: datetime) -> bool:
    """Send one letter, unless it was sent already."""
    return bool(_send_next(letter, now=now))


def forget_old_letters(*, now: datetime) -> int:
    """Delete letters that nobody asks about any more."""
    deleted, _ = OutgoingMail.objects.old(now=now).delete()
    return deleted


def _send_next(letter: UUID | None, *, now: datetime) -> bool | None:
    """None when nothing is due, else whether it went out."""
    claimed = _claim(letter, now=now)
    if claimed is None:
        return None
    try:
        _hand_over(claimed)
    except Exception as error:  # noqa: BLE001 - whatever a mail server or a template does, the next letter must go out
        _note_failure(claimed, error)
        return False
    claimed.state, claimed.sent_at, claimed.context, claimed.last_error = OutgoingMail.State.SENT, now, {}, ""
    claimed.save(update_fields=["state", "sent_at", "context", "last_error"])
    return True


@transaction.atomic
def _claim(letter: UUID | None, *, now: datetime) -> OutgoingMail | None:
    """Count the try and commit it: who dies while sending has tried. A letter may go out twice, never not at all."""
    due = OutgoingMail.objects.due(now=now)
    if letter is not None:
        due = due.filter(pk=letter)
    claimed: OutgoingMail | None = due.select_for_update(skip_locked=True).first()
    if claimed is None:
        return None
    claimed.tries += 1
    claimed.due_at = now + _pause_after(claimed.tries)
    claimed.save(update_fields=["tries", "due_at"])
    return claimed


def _hand_over(letter: OutgoingMail) -> None:
    written = write_letter(kind=letter.kind, locale=letter.locale, context=letter.context)
    message = EmailMultiAlternatives(
        subject=written.subject,
        body=written.text,
        to=[letter.address],
        headers={"X-Letter": f"{letter.kind} {letter.pk}", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(written.html, "text/html")
    message.send()


def _note_failure(letter: OutgoingMail, error: Exception) -> None:
    # A mail server's words often repeat the address, which does not belong into logs.
    reason = f"{type(error).__name__}: {error}".replace(letter.address, "…").replace("\x00", "")[:500]
    letter.last_error = reason
    if letter.tries >= MAX_TRIES:
        letter.state = OutgoingMail.State.GIVEN_UP
    letter.save(update_fields=["state", "last_error"])
    log.warning("mail.not_sent", letter=str(letter.pk), kind=letter.kind, tries=letter.tries, reason=reason)


def _pause_after(tries: int) -> timedelta:
    doublings: int = 2 ** (tries - 1)
    return min(FIRST_PAUSE * doublings, LONGEST_PAUSE)


def _hurry(letter: UUID) -> None:
    """Ask a worker to send it now. Without a broker nothing is lost: the sweeper finds the row."""
    try:
        current_app.send_task(SEND_LETTER, args=[str(letter)], retry=False)
    except (OperationalError, OSError) as error:
        log.warning("mail.hurry_failed", letter=str(letter), reason=str(error))
