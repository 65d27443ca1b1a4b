"""Sitting an exam: start, move on, and close. Saving an answer is `autosave`; supervising is `supervision`."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404

from academies.models import Membership
from accounts.journal.record import record
from exams.delivery.autosave import refusal_of
from exams.delivery.clock import follow_clock, next_section
from exams.delivery.errors import AttemptPaused, DeliveryNotOpen, NoAttemptsLeft, SectionClosed, StaleSequence
from exams.delivery.models import Attempt, AttemptStep, Delivery
from exams.delivery.paper import paper_of
from exams.delivery.querysets import AttemptQuerySet
from exams.delivery.shuffling import order_options, order_slots
from exams.delivery.steps import log_step, new_step, steps_digest
from exams.delivery.tokens import AttemptClaim
from exams.events import AttemptAbandoned, AttemptStarted, AttemptSubmitted
from exams.formats.models import Navigation

log = structlog.get_logger(__name__)

# An attempt that stays paused this long after its window has closed will not be resumed any more.
ABANDONED_AFTER = timedelta(days=7)
# How many attempts one run of the sweeper takes on.
SWEEP = 200


@dataclass(frozen=True, kw_only=True)
class Started:
    """An attempt that is open. `is_new` is false when it had been started before."""

    attempt: Attempt
    is_new: bool


def start_attempt(*, delivery: UUID, actor: Membership, now: datetime) -> Started:
    """Begin to sit a delivery, or return the attempt that is open already: two tabs start one attempt.

    One whose time ran out before the sweeper came by is handed in first. Starting takes four statements however long
    the form is. Raises Http404, DeliveryNotOpen, NoAttemptsLeft.
    """
    # Any: the queryset adds the conditions of this learner.
    offered: Any = Delivery.objects.assigned_to(actor).with_conditions_of(actor).filter(id=delivery).first()
    if offered is None:
        raise Http404
    if offered.open_attempt is not None:
        running = _up_to_date(offered.open_attempt, now=now)
        if running.state in Attempt.OPEN:
            return Started(attempt=running, is_new=False)
    if not offered.is_open(now=now):
        raise DeliveryNotOpen(members={"opens_at": offered.opens_at, "closes_at": offered.closes_at})
    if offered.attempts_used >= offered.attempts_granted:
        raise NoAttemptsLeft(members={"attempts_allowed": offered.attempts_granted})
    try:
        return Started(attempt=_begin(offered, actor=actor, now=now), is_new=True)
    except IntegrityError:
        # Another tab was faster: the constraint lets one open attempt through.
        attempt = Attempt.objects.filter(delivery=offered, learner=actor.user_id, state__in=Attempt.OPEN).first()
        if attempt is None:
            raise
        return Started(attempt=attempt, is_new=False)


@transaction.atomic
def move_to_position(*, claim: AttemptClaim, position: int, now: datetime) -> Attempt:
    """The learner goes to another item; linear navigation closes what came before. Raises SectionClosed."""
    attempt = _open_attempt(claim, now=now)
    if not 1 <= position <= len(attempt.slot_order):
        raise SectionClosed("There is no item at this position.")
    if attempt.delivery.navigation == Navigation.LINEAR:
        attempt.move_to(position=position)
    elif not attempt.open_from <= position <= attempt.open_to:
        raise SectionClosed
    log_step(attempt=attempt, kind=AttemptStep.Kind.MOVED, slot=attempt.slot_order[position - 1], now=now)
    return attempt


@transaction.atomic
def close_section(*, claim: AttemptClaim, section: int, now: datetime) -> Attempt:
    """The learner leaves a section for good. Leaving it twice changes nothing; the last one ends by submission."""
    attempt = _open_attempt(claim, now=now)
    if section < attempt.section_index:
        return attempt
    if section > attempt.section_index or section >= len(paper_of(attempt.form_id).sections) - 1:
        raise SectionClosed("This section cannot be left now.")
    next_section(attempt, at=now, now=now)
    return attempt


@transaction.atomic
def log_steps(*, claim: AttemptClaim, steps: Sequence[dict[str, Any]], now: datetime) -> Attempt:
    """Append what the learner's browser noticed; without steps it is a look at the clock.

    Closed attempts are returned too, and keep their log as it was sealed. Raises Http404.
    """
    # Locked to write: a step must not slip in behind the seal of a submission.
    attempt = _claimed(claim, is_locked=bool(steps))
    if attempt.is_section_over(now=now):
        attempt = _claimed(claim, is_locked=True)
        follow_clock(attempt, now=now)
    if steps and attempt.is_open(now=now):
        AttemptStep.objects.bulk_create(
            new_step(
                attempt=attempt,
                kind=AttemptStep.Kind(step["kind"]),
                slot=step.get("slot"),
                body={key: value for key, value in step.items() if key in ("at", "detail") and value} or None,
                now=now,
            )
            for step in steps
        )
    return attempt


def save_notes(*, claim: AttemptClaim, sequence: int, notes: dict[str, Any], now: datetime) -> None:
    """Keep the learner's highlights and strike-throughs. Raises StaleSequence, or why the attempt is closed."""
    rows = Attempt.objects.filter(id=claim.attempt, learner=claim.learner)
    if rows.filter(state__in=Attempt.OPEN, notes_sequence__lt=sequence).update(notes=notes, notes_sequence=sequence):
        return
    attempt = rows.first()
    if attempt is None:
        raise Http404
    if attempt.is_open(now=now):
        raise StaleSequence(members={"sequence": attempt.notes_sequence})
    raise refusal_of(attempt, now=now)


@transaction.atomic
def submit_attempt(*, claim: AttemptClaim, now: datetime) -> Attempt:
    """The learner hands in. Handing in twice changes nothing. Raises Http404, AttemptPaused."""
    attempt = (
        Attempt.objects.locked()
        .select_related("learner", "delivery")
        .defer("slot_order", "option_orders", "notes")
        .filter(id=claim.attempt, learner=claim.learner)
        .first()
    )
    if attempt is None:
        raise Http404
    if attempt.state == Attempt.State.PAUSED:
        raise AttemptPaused
    if attempt.state == Attempt.State.IN_PROGRESS:
        follow_clock(attempt, now=now)
        is_late = not attempt.is_open(now=now)
        _hand_in(attempt, by=Attempt.ClosedBy.CLOCK if is_late else Attempt.ClosedBy.LEARNER, now=now)
    return attempt


def close_overdue_attempts(*, now: datetime, limit: int = SWEEP) -> int:
    """Submit what ran out, or open its next section, and close what stayed paused; return how many were dealt with.

    Each in a transaction of its own, skipping those that somebody else is dealing with, so that any number of sweepers
    and a crash at any point leave every attempt submitted exactly once.
    """
    overdue = Attempt.objects.overdue(now=now - settings.ANSWER_GRACE).order_by("closes_at")
    forgotten = Attempt.objects.forgotten(before=now - ABANDONED_AFTER).order_by("paused_at")
    return _swept(overdue, _close_overdue, now=now, limit=limit) + _swept(forgotten, _abandon, now=now, limit=limit)


@transaction.atomic
def resume_sitting(*, attempt: UUID, actor: Membership, now: datetime) -> Attempt:
    """The learner opens a running attempt again, perhaps elsewhere. Raises Http404, or AttemptClosed."""
    found = Attempt.objects.of_learner(actor).locked().select_related("delivery").filter(id=attempt).first()
    if found is None:
        raise Http404
    follow_clock(found, now=now)
    if not found.is_open(now=now):
        raise refusal_of(found, now=now)
    log_step(attempt=found, kind=AttemptStep.Kind.RESUMED_SITTING, now=now)
    return found


@transaction.atomic
def _begin(delivery: Any, *, actor: Membership, now: datetime) -> Attempt:
    paper = paper_of(delivery.form_id)
    seed = secrets.randbits(62)
    factor = delivery.time_factor
    attempt = Attempt(
        academy_id=delivery.academy_id,
        delivery=delivery,
        form_id=delivery.form_id,
        learner_id=actor.user_id,
        number=delivery.attempts_made + 1,
        state=Attempt.State.IN_PROGRESS,
        seed=seed,
        slot_order=order_slots(paper=paper, seed=seed, shuffle=delivery.shuffle_items),
        option_orders=order_options(paper=paper, seed=seed, shuffle=delivery.shuffle_options),
        time_factor=factor,
        started_at=now,
        deadline_at=_deadline(delivery, factor=factor, now=now),
    )
    attempt.enter_section(paper.sections[0], now=now)
    attempt.save(force_insert=True)
    log_step(attempt=attempt, kind=AttemptStep.Kind.STARTED, now=now)
    record(
        AttemptStarted(**attempt.event_subject(), number=attempt.number),
        actor=actor.user,
        now=now,
    )
    return attempt


def _deadline(delivery: Delivery, *, factor: Any, now: datetime) -> datetime | None:
    """The earlier of the time limit, with the learner's factor, and the end of the window."""
    limit = delivery.time_limit_seconds
    ends = [] if limit is None else [now + timedelta(seconds=round(limit * factor))]
    if delivery.closes_at is not None:
        ends.append(delivery.closes_at)
    return min(ends, default=None)


@transaction.atomic
def _up_to_date(attempt_id: UUID, *, now: datetime) -> Attempt:
    """The attempt as it stands now that its clock is looked at."""
    attempt = Attempt.objects.locked().select_related("delivery").get(id=attempt_id)
    follow_clock(attempt, now=now)
    if attempt.state in Attempt.OPEN and not attempt.is_open(now=now):
        _hand_in(attempt, by=Attempt.ClosedBy.CLOCK, now=now)
    return attempt


def _claimed(claim: AttemptClaim, *, is_locked: bool) -> Attempt:
    rows = Attempt.objects.select_related("delivery").filter(id=claim.attempt, learner=claim.learner)
    attempt = (rows.locked() if is_locked else rows).first()
    if attempt is None:
        raise Http404
    return attempt


def _open_attempt(claim: AttemptClaim, *, now: datetime) -> Attempt:
    attempt = _claimed(claim, is_locked=True)
    follow_clock(attempt, now=now)
    if attempt.state != Attempt.State.IN_PROGRESS or not attempt.is_open(now=now):
        raise refusal_of(attempt, now=now)
    return attempt


def _swept(
    waiting: AttemptQuerySet, close: Callable[[AttemptQuerySet, datetime], bool], *, now: datetime, limit: int
) -> int:
    """Deal with each of the first `limit` attempts by itself, with those that are still waiting when its turn comes."""
    dealt_with = 0
    for attempt in list(waiting.values_list("id", flat=True)[:limit]):
        try:
            dealt_with += close(waiting.filter(id=attempt), now)
        except Exception:
            # One attempt that cannot be closed must not keep the others waiting; it is tried again next time.
            log.exception("closing.failed", attempt=str(attempt))
    return dealt_with


@transaction.atomic
def _close_overdue(waiting: AttemptQuerySet, now: datetime) -> bool:
    attempt = waiting.select_for_update(skip_locked=True).first()
    if attempt is None:
        return False
    follow_clock(attempt, now=now)
    if not attempt.is_open(now=now):
        _hand_in(attempt, by=Attempt.ClosedBy.CLOCK, now=now)
    return True


@transaction.atomic
def _abandon(waiting: AttemptQuerySet, now: datetime) -> bool:
    attempt = waiting.select_for_update(of=("self",), skip_locked=True).first()
    if attempt is None:
        return False
    attempt.close(state=Attempt.State.ABANDONED, by=Attempt.ClosedBy.CLOCK, now=now)
    log_step(attempt=attempt, kind=AttemptStep.Kind.ABANDONED, now=now)
    _seal(attempt)
    record(AttemptAbandoned(**attempt.event_subject(), steps_digest=attempt.steps_digest), actor=None, now=now)
    return True


def _hand_in(attempt: Attempt, *, by: Attempt.ClosedBy, now: datetime) -> None:
    attempt.close(state=Attempt.State.SUBMITTED, by=by, now=now)
    log_step(attempt=attempt, kind=AttemptStep.Kind.SUBMITTED, body={"by": by.value}, now=now)
    _seal(attempt)
    record(
        AttemptSubmitted(**attempt.event_subject(), closed_by=by.value, steps_digest=attempt.steps_digest),
        actor=attempt.learner if by == Attempt.ClosedBy.LEARNER else None,
        now=now,
    )


def _seal(attempt: Attempt) -> None:
    """Save an attempt that has just been closed, with the seal of its step log."""
    attempt.steps_digest = steps_digest(attempt.pk)
    attempt.save(update_fields=["state", "closed_by", "submitted_at", "paused_at", "steps_digest"])
