"""Thinking recommendations through, and deciding about them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404

from academies.models import Academy, Membership
from academies.tenancy.powers import Power
from accounts.journal.record import record
from analytics.events import RecommendationAccepted, RecommendationDismissed
from analytics.recommendations.candidates import candidates_for
from analytics.recommendations.choosing import Candidate, choose
from analytics.recommendations.errors import AlreadyDecided
from analytics.recommendations.models import Recommendation, RecommendationRefresh
from exams.delivery.models import Attempt
from exams.marking.models import MarkedAnswer

log = structlog.get_logger(__name__)

FRESH = timedelta(hours=1)
# Until the next night, and one night more if that one fails.
LASTS = timedelta(days=2)
# What was dismissed is left alone for so long; what was accepted until there has been time to do it.
RESTS = {Recommendation.State.DISMISSED: timedelta(days=14), Recommendation.State.ACCEPTED: timedelta(days=1)}
# Learners whose last answer is older hear of it when they come back.
ACTIVE = timedelta(days=30)
DAILY = timedelta(hours=20)
BATCH = 200
# Of one run.
MOST = 2000

State = Recommendation.State
Key = tuple[str, str]


def refresh_if_stale(*, member: Membership, now: datetime) -> None:
    """Think a learner's recommendations through, unless that was done within the hour and since their last exam."""
    held = RecommendationRefresh.objects.for_academy(member.academy_id).filter(learner=member.user_id)
    attempts = Attempt.objects.for_academy(member.academy_id).filter(learner=member.user_id)
    handed_in = attempts.filter(submitted_at__gt=OuterRef("refreshed_at"))
    if not held.filter(~Exists(handed_in), refreshed_at__gt=now - FRESH).exists():
        refresh(academy=member.academy, members=[member], now=now)


def make_stale(*, academy: UUID, learner: UUID, at: datetime) -> None:
    """What is recommended to a learner rests on what was so before a moment: it is thought through when next read."""
    held = RecommendationRefresh.objects.for_academy(academy).filter(learner=learner)
    held.filter(refreshed_at__gt=at - FRESH, refreshed_at__lte=at).update(refreshed_at=at - FRESH)


def refresh_stale(*, now: datetime, limit: int = MOST) -> int:
    """Think through the recommendations of learners who were here lately and whose are a day old, up to so many.

    Return how many were tried; the next run goes on with those who are left.
    """
    answered = MarkedAnswer.objects.filter(
        learner=OuterRef("user"), academy=OuterRef("academy"), answered_at__gt=now - ACTIVE
    )
    fresh = RecommendationRefresh.objects.filter(
        learner=OuterRef("user"), academy=OuterRef("academy"), refreshed_at__gt=now - DAILY
    )
    waiting = Membership.objects.active().with_power(Power.SIT_EXAMS).filter(~Exists(fresh), Exists(answered))
    members = list(waiting.select_related("user", "academy").order_by("academy", "id")[:limit])
    for academy, own in groupby(members, key=lambda member: member.academy):
        rows = list(own)
        for batch in (rows[start : start + BATCH] for start in range(0, len(rows), BATCH)):
            try:
                refresh(academy=academy, members=batch, now=now)
            except Exception:
                # One batch that fails must not keep the others waiting; it is tried again next time.
                log.exception("recommendations.refresh_failed", academy=str(academy.pk), first=str(batch[0].pk))
    return len(members)


@transaction.atomic
def refresh(*, academy: Academy, members: Sequence[Membership], now: datetime) -> None:
    """Think the recommendations of these learners of one academy through. Doing it twice changes nothing.

    Those that still hold stay the same rows with new numbers; open ones that no longer hold go.
    """
    learners = [member.user_id for member in members]
    refreshes = RecommendationRefresh.objects.for_academy(academy).filter(learner__in=learners)
    RecommendationRefresh.objects.bulk_create(
        [RecommendationRefresh(academy=academy, learner_id=learner) for learner in learners], ignore_conflicts=True
    )
    # In one order for everybody, so that nobody waits for somebody who waits for them.
    list(refreshes.locked().order_by("learner"))
    found = candidates_for(academy, members, now=now)
    resting, held = _decided_and_open(academy, learners, now=now)
    new, kept = [], []
    for learner in learners:
        for candidate in choose(found[learner], resting=resting[learner]):
            row = held[learner].pop(candidate.key, None)
            if row is None:
                new.append(_row(academy, learner, candidate, now=now))
            else:
                row.facts, row.action, row.priority = candidate.facts, candidate.action, candidate.priority
                row.expires_at = _expiry(candidate, now=now)
                kept.append(row)
    gone = [row.pk for rows in held.values() for row in rows.values()]
    Recommendation.objects.filter(pk__in=gone).delete()
    Recommendation.objects.bulk_update(kept, ["facts", "action", "priority", "expires_at"])
    Recommendation.objects.bulk_create(new)
    refreshes.update(refreshed_at=now)


@transaction.atomic
def decide(*, recommendation: UUID, decision: str, actor: Membership, now: datetime) -> Recommendation:
    """Accept or dismiss what was recommended. Saying the same again changes nothing.

    Raises Http404 for somebody else's, AlreadyDecided for one that was decided otherwise.
    """
    found = Recommendation.objects.of_learner(actor).locked().filter(id=recommendation).first()
    if found is None:
        raise Http404
    if found.state == decision:
        return found
    if found.state != State.OPEN:
        raise AlreadyDecided
    found.state, found.decided_at = State(decision), now
    found.save(update_fields=["state", "decided_at"])
    event = RecommendationAccepted if decision == State.ACCEPTED else RecommendationDismissed
    record(
        event(academy_id=found.academy_id, learner_id=found.learner_id, recommendation_id=found.pk, about=found.kind),
        actor=actor.user,
        now=now,
    )
    return found


def _decided_and_open(
    academy: Academy, learners: Sequence[UUID], *, now: datetime
) -> tuple[dict[UUID, set[Key]], dict[UUID, dict[Key, Recommendation]]]:
    """Learner → what is left alone for now; learner → the open rows by key."""
    resting: dict[UUID, set[Key]] = defaultdict(set)
    held: dict[UUID, dict[Key, Recommendation]] = defaultdict(dict)
    for row in Recommendation.objects.for_academy(academy).filter(learner__in=learners):
        key = (row.kind, row.subject)
        if row.state == State.OPEN:
            held[row.learner_id][key] = row
        elif row.decided_at is not None and row.decided_at > now - RESTS[State(row.state)]:
            resting[row.learner_id].add(key)
    return resting, held


def _row(academy: Academy, learner: UUID, candidate: Candidate, *, now: datetime) -> Recommendation:
    fields: dict[str, Any] = {
        "created_at": now,
        "expires_at": _expiry(candidate, now=now),
        "kind": candidate.kind,
        "subject": candidate.subject,
        "priority": candidate.priority,
        "facts": candidate.facts,
        "action": candidate.action,
    }
    return Recommendation(academy=academy, learner_id=learner, **fields)


def _expiry(candidate: Candidate, *, now: datetime) -> datetime:
    return min(now + LASTS, candidate.ends_at or datetime.max.replace(tzinfo=UTC))
