"""What those who supervise do to a running attempt. Each leaves a step in its log and an entry in the journal."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404

from academies.models import Membership
from accounts.journal.record import record
from accounts.models import User
from exams import events
from exams.delivery.autosave import refusal_of
from exams.delivery.clock import follow_clock
from exams.delivery.models import Attempt, AttemptStep
from exams.delivery.steps import log_step, steps_digest


@transaction.atomic
def grant_extra_time(*, attempt: UUID, minutes: int, reason: str, actor: Membership, now: datetime) -> Attempt:
    """Move the deadlines of an open attempt. The learner's clock follows with the next answer or look at it."""
    granted = _supervised(attempt, actor, now=now)
    granted.extend(by=timedelta(minutes=minutes), now=now)
    log_step(attempt=granted, kind=AttemptStep.Kind.EXTRA_TIME, body={"minutes": minutes, "reason": reason}, now=now)
    record(
        events.ExtraTimeGranted(**granted.event_subject(), minutes=minutes, reason=reason), actor=actor.user, now=now
    )
    return granted


@transaction.atomic
def pause_attempt(*, attempt: UUID, reason: str, actor: Membership, now: datetime) -> Attempt:
    """Stop the clock of an open attempt; the learner is told why. Raises AttemptClosed, AttemptPaused."""
    paused = _supervised(attempt, actor, now=now)
    paused.pause(message=reason, now=now)
    log_step(attempt=paused, kind=AttemptStep.Kind.PAUSED, body={"reason": reason}, now=now)
    record(events.AttemptPaused(**paused.event_subject(), reason=reason), actor=actor.user, now=now)
    return paused


@transaction.atomic
def resume_attempt(*, attempt: UUID, actor: Membership, now: datetime) -> Attempt:
    """Let the clock of a paused attempt go on where it stood. Raises AttemptNotPaused."""
    resumed = _supervised(attempt, actor, now=now)
    resumed.resume(now=now)
    log_step(attempt=resumed, kind=AttemptStep.Kind.RESUMED, now=now)
    record(events.AttemptResumed(**resumed.event_subject()), actor=actor.user, now=now)
    return resumed


@transaction.atomic
def terminate_attempt(*, attempt: UUID, reason: str, actor: Membership, now: datetime) -> Attempt:
    """End an open attempt. Its answers are kept but not marked; the learner is told why. Raises AttemptClosed."""
    ended = _supervised(attempt, actor, now=now)
    if not ended.is_open(now=now):
        raise refusal_of(ended, now=now)
    ended.close(state=Attempt.State.TERMINATED, by=Attempt.ClosedBy.STAFF, now=now)
    ended.message = reason
    log_step(attempt=ended, kind=AttemptStep.Kind.TERMINATED, body={"reason": reason}, now=now)
    ended.steps_digest = steps_digest(ended.pk)
    ended.save(update_fields=["state", "closed_by", "submitted_at", "paused_at", "message", "steps_digest"])
    record(
        events.AttemptTerminated(**ended.event_subject(), reason=reason, steps_digest=ended.steps_digest),
        actor=actor.user,
        now=now,
    )
    return ended


@transaction.atomic
def void_attempt(*, attempt: UUID, reason: str, actor: User, now: datetime) -> bool:
    """Staff decide that an attempt does not count; its answers are kept. False when it had been voided before."""
    found = Attempt.objects.locked().filter(id=attempt).exclude(state=Attempt.State.VOIDED).first()
    if found is None:
        return False
    found.close(state=Attempt.State.VOIDED, by=Attempt.ClosedBy.STAFF, now=found.submitted_at or now)
    log_step(attempt=found, kind=AttemptStep.Kind.VOIDED, body={"reason": reason}, now=now)
    # One that had been closed before keeps the seal that it was closed with.
    found.steps_digest = found.steps_digest or steps_digest(found.pk)
    found.save(update_fields=["state", "closed_by", "submitted_at", "paused_at", "steps_digest"])
    record(events.AttemptVoided(**found.event_subject(), reason=reason), actor=actor, now=now)
    return True


def _supervised(attempt: UUID, actor: Membership, *, now: datetime) -> Attempt:
    found = Attempt.objects.supervised_by(actor).locked().filter(id=attempt).first()
    if found is None:
        raise Http404
    follow_clock(found, now=now)
    return found
