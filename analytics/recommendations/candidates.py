"""What could be recommended to the learners of an academy. However many they are, the number of statements is the same.

Priorities run from 0 to 100: what is running out first, then exams, then cards, then study that was broken off, then
weaknesses by how weak, then what was left lying.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from academies.models import Academy, CohortMember, Membership
from accounts.identity.zones import today_in
from analytics.insights.domains import WEAK_ANSWERS, WEAK_PERCENT
from analytics.readiness.readiness import Readiness, readiness_of_all
from analytics.recommendations.choosing import Candidate
from analytics.recommendations.models import Recommendation
from analytics.recommendations.studied import Catalogue, History, Studied, catalogue_of, histories_of
from exams.delivery.models import Attempt, Delivery
from exams.formats.models import Blueprint
from exams.practice.repetition.queue import cards_left
from exams.practice.sessions.actions import IDLE_AFTER
from exams.practice.sessions.models import PracticeSession

Kind = Recommendation.Kind

IDLE_DAYS = 5
AHEAD = timedelta(days=14)
PRACTISED_DAYS = 7
# Between these a learner is close to passing; above they are ready.
NEAR_FROM, READY_FROM = 0.35, 0.8


@dataclass(frozen=True, kw_only=True)
class _Exams:
    """What the academy has on offer, and who has begun what."""

    deliveries: list[Delivery]
    cohorts: dict[UUID, set[UUID]]
    begun: set[tuple[UUID, UUID]]
    running: dict[UUID, Attempt]

    def assigned_to(self, member: Membership) -> Iterator[Delivery]:
        """Those that the member is to sit and has not begun."""
        for delivery in self.deliveries:
            is_theirs = delivery.cohort_id is None or delivery.cohort_id in self.cohorts[member.pk]
            if is_theirs and (member.user_id, delivery.pk) not in self.begun:
                yield delivery


def candidates_for(academy: Academy, members: Sequence[Membership], *, now: datetime) -> dict[UUID, list[Candidate]]:
    """Learner → what could be recommended to them. Wants `user` of the members."""
    learners = [member.user_id for member in members]
    catalogue = catalogue_of(academy)
    histories = histories_of(learners, academy=academy.pk, catalogue=catalogue, now=now)
    blueprints = Blueprint.objects.usable_by(academy).filter(
        bank__is_open_to_practice=True, conversion__cut_score__isnull=False
    )
    readiness = readiness_of_all(
        learners,
        academy=academy.pk,
        blueprints=list(blueprints.select_related("bank", "conversion").order_by("title", "id")),
        now=now,
    )
    exams = _exams_of(academy, members, now=now)
    sessions = _sessions_of(academy, learners, now=now)
    left = cards_left(academy, members, now=now)
    return {
        member.user_id: [
            *_resume(exams, member),
            *_resume_practice(sessions[member.user_id]),
            *_exam_ahead(exams, member, histories[member.user_id], catalogue, now=now),
            *_by_readiness(readiness[member.user_id], exams, member, now=now),
            *_cards(left.get(member.user_id, 0)),
            *_weak(histories[member.user_id], catalogue),
            *_idle(histories[member.user_id], catalogue, member, now=now),
            *_unseen(histories[member.user_id], catalogue),
        ]
        for member in members
    }


def _resume(exams: _Exams, member: Membership) -> Iterator[Candidate]:
    attempt = exams.running.get(member.user_id)
    if attempt is not None:
        yield Candidate(
            kind=Kind.RESUME,
            subject=str(attempt.pk),
            priority=100,
            facts={"title": attempt.delivery.title},
            action={"type": "attempt", "attempt": str(attempt.pk)},
            ends_at=attempt.closes_at,
        )


def _resume_practice(sessions: Iterable[PracticeSession]) -> Iterator[Candidate]:
    for session in sessions:
        is_quiz = session.mode == PracticeSession.Mode.PRACTICE
        yield Candidate(
            kind=Kind.RESUME,
            subject=str(session.pk),
            priority=95 if is_quiz else 68,
            facts={"title": session.bank.title, "is_timed": is_quiz},
            action={"type": "practice_session", "session": str(session.pk)},
            ends_at=session.deadline_at or session.last_active_at + IDLE_AFTER,
        )


def _exam_ahead(
    exams: _Exams, member: Membership, history: History, catalogue: Catalogue, *, now: datetime
) -> Iterator[Candidate]:
    today = today_in(member.user.time_zone, now=now)
    last_on: dict[UUID, list[date]] = defaultdict(list)
    for domain, studied in history.domains.items():
        if domain in catalogue.domains:
            last_on[catalogue.domains[domain].bank_id].append(studied.last_on)
    for delivery in exams.assigned_to(member):
        at = delivery.opens_at if delivery.opens_at and delivery.opens_at > now else delivery.closes_at
        bank = delivery.form.bank_id
        if at is None or not now < at <= now + AHEAD or bank not in catalogue.banks:
            continue
        newest = max(last_on[bank], default=None)
        if newest is not None and (today - newest).days < PRACTISED_DAYS:
            continue
        days = (at - now).days
        yield Candidate(
            kind=Kind.EXAM_AHEAD,
            subject=str(delivery.pk),
            priority=90 - days / 2,
            facts={"title": delivery.title, "days": days},
            action=_practice(bank),
        )


def _by_readiness(
    found: Sequence[Readiness], exams: _Exams, member: Membership, *, now: datetime
) -> Iterator[Candidate]:
    for each in found:
        if each.chance is None or each.chance.probability < NEAR_FROM:
            continue
        blueprint, percent = each.outline.blueprint, round(100 * each.chance.probability)
        if each.chance.probability >= READY_FROM:
            offered = (one for one in exams.assigned_to(member) if one.form.blueprint_id == blueprint.pk)
            delivery = next((one for one in offered if one.is_open(now=now)), None)
            if delivery is not None:
                yield Candidate(
                    kind=Kind.READY,
                    subject=str(blueprint.pk),
                    priority=80,
                    facts={"title": delivery.title, "percent": percent},
                    action={"type": "exam", "delivery": str(delivery.pk)},
                )
            continue
        # Where the most items of the exam would still be wrong.
        gain = max(each.domains, key=lambda part: (part.share * (1 - part.expected), part.domain.code))
        yield Candidate(
            kind=Kind.NEAR_CUT,
            subject=str(blueprint.pk),
            priority=75,
            facts={
                "title": blueprint.title,
                "percent": percent,
                "code": gain.domain.code,
                "domain": gain.domain.title,
            },
            action=_practice(blueprint.bank_id, domain=gain.domain.pk),
        )


def _cards(count: int) -> Iterator[Candidate]:
    if count:
        yield Candidate(kind=Kind.CARDS_DUE, priority=70, facts={"count": count}, action={"type": "review"})


def _weak(history: History, catalogue: Catalogue) -> Iterator[Candidate]:
    """Weak skills; and weak domains of which no single skill is to blame."""
    named = set()
    for of, studied in history.skills.items():
        skill = catalogue.skills[of]
        if not _is_weak(studied) or skill.domain_id not in catalogue.domains:
            continue
        named.add(skill.domain_id)
        yield Candidate(
            kind=Kind.WEAK_SKILL,
            subject=str(of),
            priority=_weakness(studied.percent),
            facts=_named(skill.code, skill.title) | _shown(studied.answers, studied.percent),
            action=_practice(catalogue.domains[skill.domain_id].bank_id, domain=skill.domain_id, skill=of),
        )
    for of, studied in history.domains.items():
        domain = catalogue.domains.get(of)
        if domain is None or of in named or not _is_weak(studied):
            continue
        yield Candidate(
            kind=Kind.WEAK_DOMAIN,
            subject=str(of),
            priority=_weakness(studied.percent),
            facts=_named(domain.code, domain.title) | _shown(studied.answers, studied.percent),
            action=_practice(domain.bank_id, domain=of),
        )


def _idle(history: History, catalogue: Catalogue, member: Membership, *, now: datetime) -> Iterator[Candidate]:
    today = today_in(member.user.time_zone, now=now)
    for of, studied in history.domains.items():
        domain, days = catalogue.domains.get(of), (today - studied.last_on).days
        if domain is not None and days >= IDLE_DAYS:
            yield Candidate(
                kind=Kind.IDLE_DOMAIN,
                subject=str(of),
                priority=40 + min(days, 60) / 6,
                facts={**_named(domain.code, domain.title), "days": days},
                action=_practice(domain.bank_id, domain=of),
            )


def _unseen(history: History, catalogue: Catalogue) -> Iterator[Candidate]:
    """Domains that were never met, of banks that were."""
    met = {catalogue.domains[of].bank_id for of in history.domains if of in catalogue.domains}
    for of, domain in catalogue.domains.items():
        if domain.bank_id in met and of not in history.domains:
            yield Candidate(
                kind=Kind.UNSEEN_DOMAIN,
                subject=str(of),
                priority=30 + domain.weight / 10,
                facts={**_named(domain.code, domain.title), "weight": domain.weight},
                action=_practice(domain.bank_id, domain=of),
            )


def _exams_of(academy: Academy, members: Sequence[Membership], *, now: datetime) -> _Exams:
    near = Q(opens_at__gt=now, opens_at__lte=now + AHEAD) | (
        (Q(opens_at=None) | Q(opens_at__lte=now)) & (Q(closes_at=None) | Q(closes_at__gt=now))
    )
    deliveries = list(Delivery.objects.for_academy(academy).filter(near).select_related("form").order_by("closes_at"))
    cohorts: dict[UUID, set[UUID]] = {member.pk: set() for member in members}
    for member, cohort in CohortMember.objects.filter(member__in=list(cohorts)).values_list("member", "cohort"):
        cohorts[member].add(cohort)
    learners = [member.user_id for member in members]
    attempts = Attempt.objects.for_academy(academy).filter(learner__in=learners)
    running = attempts.filter(state=Attempt.State.IN_PROGRESS).filter(Q(closes_at=None) | Q(closes_at__gt=now))
    return _Exams(
        deliveries=deliveries,
        cohorts=cohorts,
        begun=set(attempts.filter(delivery__in=deliveries).order_by().values_list("learner", "delivery").distinct()),
        running={each.learner_id: each for each in running.select_related("delivery").order_by("started_at")},
    )


def _sessions_of(
    academy: Academy, learners: Sequence[UUID], *, now: datetime
) -> dict[UUID, Collection[PracticeSession]]:
    """Learner → their newest quiz and their newest study session that may be gone on with."""
    open_ones = PracticeSession.objects.for_academy(academy).filter(learner__in=learners)
    rows = open_ones.resumable(now=now, idle=now - IDLE_AFTER).select_related("bank").order_by("started_at", "id")
    newest: dict[UUID, dict[str, PracticeSession]] = {learner: {} for learner in learners}
    for session in rows:
        newest[session.learner_id][session.mode] = session
    return {learner: found.values() for learner, found in newest.items()}


def _practice(bank: UUID, *, domain: UUID | None = None, skill: UUID | None = None) -> dict[str, object]:
    return {
        "type": "practice",
        "bank": str(bank),
        "domains": [str(domain)] if domain else [],
        "skills": [str(skill)] if skill else [],
    }


def _named(code: str, title: str) -> dict[str, object]:
    return {"code": code, "title": title}


def _shown(answers: int, percent: float) -> dict[str, object]:
    return {"answers": answers, "percent": round(percent)}


def _is_weak(studied: Studied) -> bool:
    return studied.answers >= WEAK_ANSWERS and studied.percent < WEAK_PERCENT


def _weakness(percent: float) -> float:
    return 50 + (WEAK_PERCENT - percent) / 4
