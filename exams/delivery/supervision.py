"""What those who supervise do to a running attempt. Each leaves a step in its log and an entry in the journal."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404

from academies.models import Membership
from accounts.journal.record import record
from exams import events
from exams.delivery.autosave import refusal_of
from exams.delivery.models import Attempt, AttemptStep
from exams.delivery.steps import log_step, steps_digest


@transaction.atomic
def grant_extra_time(*, attempt: UUID, minutes: int, reason: str, actor: Membership, now: datetime) -> Attempt:
    """Move the deadlines of an open attempt. The learner's clock follows with the next answer or look at it."""
    granted = _supervised(attempt, actor)
    granted.extend(by=timedelta(minutes=minutes), now=now)
    log_step(attempt=granted, kind=AttemptStep.Kind.EXTRA_TIME, body={"minutes": minutes, "reason": reason}, now=now)
    record(
        events.ExtraTimeGranted(**_subject(granted), minutes=minutes, reason=reason), actor=actor.user, now=now
    )
    return granted


@transaction.atomic
def pause_attempt(*, attempt: UUID, reason: str, actor: Membership, now: datetime) -> Attempt:
    """Stop the clock of an open attempt; the learner is told why. Raises AttemptClosed, AttemptPaused."""
    paused = _supervised(attempt, actor)
    paused.pause(message=reason, now=now)
    log_step(attempt=paused, kind=AttemptStep.Kind.PAUSED, body={"reason": reason}, now=now)
    record(events.AttemptPaused(**_subject(paused), reason=reason), actor=actor.user, now=now)
    return paused


@transaction.atomic
def resume_attempt(*, attempt: UUID, actor: Membership, now: datetime) -> Attempt:
    """Let the clock of a paused attempt go on where it stood. Raises AttemptNotPaused."""
    resumed = _supervised(attempt, actor)
    resumed.resume(now=now)
    log_step(attempt=resumed, kind=AttemptStep.Kind.RESUMED, now=now)
    record(events.AttemptResumed(**_subject(resumed)), actor=actor.user, now=now)
    return resumed


@transaction.atomic
def terminate_attempt(*, attempt: UUID, reason: str, actor: Membership, now: datetime) -> Attempt:
    """End an open attempt. Its answers are kept but not marked; the learner is told why. Raises AttemptClosed."""
    ended = _supervised(attempt, actor)
    if not ended.is_open(now=now):
        raise refusal_of(ended, now=now)
    ended.close(state=Attempt.State.TERMINATED, by=Attempt.ClosedBy.STAFF, now=now)
    ended.message = reason
    log_step(attempt=ended, kind=AttemptStep.Kind.TERMINATED, body={"reason": reason}, now=now)
    ended.steps_digest = steps_digest(ended.pk)
    ended.save(update_fields=["state", "closed_by", "submitted_at", "paused_at", "message", "steps_digest"])
    record(
        events.AttemptTerminated(**_subject(ended), reason=reason, steps_digest=ended.steps_digest),
        actor=actor.user,
        now=now,
    )
    return ended


def _supervised(attempt: UUID, actor: Membership) -> Attempt:
    found = Attempt.objects.supervised_by(actor).locked().filter(id=attempt).first()
    if found is None:
        raise Http404
    return found


def _subject(attempt: Attempt) -> dict[str, UUID]:
    return {
        "academy_id": attempt.academy_id,
        "attempt_id": attempt.pk,
        "delivery_id": attempt.delivery_id,
        "learner_id": attempt.learner_id,
    }
