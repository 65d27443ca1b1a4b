"""Starting a session, passing a question over, and finishing. Answering is `answering`."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.db import transaction
from django.http import Http404

from academies.models import Membership
from accounts.identity.zones import zone_at
from accounts.journal.record import record
from accounts.models import User
from config.kernel.errors import FieldError, Invalid
from exams.bank.answers import is_empty
from exams.bank.models import Difficulty, ItemBank
from exams.delivery.models import Accommodation
from exams.delivery.shuffling import order_options_of
from exams.events import QuizFinished, StudyFinished
from exams.marking.marked_answers import days_of, first_right
from exams.marking.models import MarkedAnswer
from exams.practice.sessions.answering import worth_of
from exams.practice.sessions.choosing import draw_versions
from exams.practice.sessions.errors import PracticeOver
from exams.practice.sessions.models import PracticeAnswer, PracticeSession
from exams.practice.sessions.questions import questions_of

log = structlog.get_logger(__name__)

# A quiz without a limit of its own.
SECONDS_A_QUESTION = 90
# A study session that nobody came back to for so long is over.
IDLE_AFTER = timedelta(minutes=30)
# How many sessions one run of the sweeper takes on.
SWEEP = 200


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a session is to be made of. What is empty chooses nothing; `only` is a key of `choosing.ONLY` or empty."""

    bank: UUID
    domains: tuple[UUID, ...] = ()
    skills: tuple[UUID, ...] = ()
    difficulties: tuple[str, ...] = ()
    only: str = ""
    count: int = 10

    def filters(self) -> dict[str, Any]:
        """As the session keeps it, in JSON."""
        return {
            "domains": [str(domain) for domain in self.domains],
            "skills": [str(skill) for skill in self.skills],
            "difficulties": [*self.difficulties],
            "only": self.only or None,
        }


def start_session(
    *, mode: str, choice: Choice, actor: Membership, now: datetime, time_limit_seconds: int | None = None
) -> PracticeSession:
    """Draw questions and begin. A quiz has 90 s a question unless it says otherwise, times the learner's factor.

    Raises Invalid (no such bank, or a limit for study), NothingToPractise.
    """
    bank = ItemBank.objects.practised_in(actor.academy).filter(id=choice.bank).first()
    if bank is None:
        raise _invalid("bank", "does_not_exist", "There is no such bank to practise from.")
    is_quiz = mode == PracticeSession.Mode.PRACTICE
    if time_limit_seconds is not None and not is_quiz:
        raise _invalid("time_limit_seconds", "not_for_study", "Studying has no time limit.")
    seed, filters = secrets.randbits(62), choice.filters()
    versions = draw_versions(member=actor, bank=bank.pk, chosen=filters, count=choice.count, seed=seed, now=now)
    limit = None
    if is_quiz:
        limit = round((time_limit_seconds or SECONDS_A_QUESTION * len(versions)) * _time_factor(actor))
    return PracticeSession.objects.create(
        academy=actor.academy,
        mode=mode,
        learner=actor.user,
        bank=bank,
        filter=filters,
        versions=versions,
        option_orders=order_options_of(questions_of(versions), seed=seed, shuffle=True),
        time_limit_seconds=limit,
        deadline_at=None if limit is None else now + timedelta(seconds=limit),
        started_at=now,
        last_active_at=now,
    )


@transaction.atomic
def skip_question(*, session: UUID, position: int, seconds: int, actor: Membership, now: datetime) -> PracticeSession:
    """Pass a question of a study session over; it may still be answered. Doing it twice changes nothing.

    Raises Http404, PracticeOver.
    """
    found = _locked(session, actor)
    if found.mode != PracticeSession.Mode.STUDY or not 0 < position <= len(found.versions):
        raise Http404
    if not found.is_open(now=now):
        raise PracticeOver(members={"state": found.state, "finished_at": found.finished_at})
    if position in found.skipped or MarkedAnswer.objects.of_source(found.pk).filter(slot=position).exists():
        return found
    found.skipped = [*found.skipped, position]
    found.seconds += min(seconds, round((now - found.started_at).total_seconds()))
    found.last_active_at = now
    found.save(update_fields=["skipped", "seconds", "last_active_at"])
    return found


@transaction.atomic
def finish_session(*, session: UUID, actor: Membership, now: datetime) -> PracticeSession:
    """The learner ends a session. Ending it twice changes nothing. Raises Http404."""
    found = _locked(session, actor)
    if found.state == PracticeSession.State.OPEN:
        _finish(found, by=actor.user, now=now)
    return found


def finish_left_sessions(*, now: datetime, limit: int = SWEEP) -> int:
    """Finish quizzes whose clock has run out and study that nobody came back to; return how many.

    Each in a transaction of its own, skipping those that somebody else is dealing with, so that any number of sweepers
    and a crash at any point leave every session finished exactly once.
    """
    left = PracticeSession.objects.left_behind(late=now - settings.ANSWER_GRACE, idle=now - IDLE_AFTER)
    finished = 0
    for session in list(left.order_by("started_at").values_list("id", flat=True)[:limit]):
        try:
            with transaction.atomic():
                waiting = left.filter(id=session).select_related("learner")
                found = waiting.select_for_update(of=("self",), skip_locked=True).first()
                if found is not None:
                    _finish(found, by=None, now=now)
                    finished += 1
        except Exception:
            # One that cannot be finished must not keep the others waiting; it is tried again next time.
            log.exception("practice.finishing_failed", session=str(session))
    return finished


def _locked(session: UUID, actor: Membership) -> PracticeSession:
    rows = PracticeSession.objects.of_learner(actor).locked().select_related("learner", "bank")
    found = rows.filter(id=session).first()
    if found is None:
        raise Http404
    return found


def _finish(session: PracticeSession, *, by: User | None, now: datetime) -> None:
    """End a session that is open and locked, and say so."""
    is_quiz = session.mode == PracticeSession.Mode.PRACTICE
    if is_quiz:
        facts = _mark(session, now=now)
        session.answered = len(facts)
        session.right = sum(fact.fraction == 1 for fact in facts)
        session.seconds = sum(fact.seconds for fact in facts)
    session.state, session.finished_at = PracticeSession.State.FINISHED, min(now, session.deadline_at or now)
    session.save(update_fields=["state", "finished_at", "answered", "right", "seconds"])
    record(_quiz_finished(session) if is_quiz else _study_finished(session), actor=by, now=now)


def _mark(session: PracticeSession, *, now: datetime) -> list[MarkedAnswer]:
    """The answers of a quiz as facts: they were kept until now and are told by the facts from here on."""
    kept = PracticeAnswer.objects.filter(session=session).order_by("position")
    questions = questions_of(session.versions)
    # Their calendar as it was during the quiz, which lasts hours at most; the sweeper may come by much later.
    zone = ZoneInfo(zone_at(user=session.learner, at=min(now, session.deadline_at or now)))
    facts = [
        MarkedAnswer(
            academy_id=session.academy_id,
            learner_id=session.learner_id,
            source=MarkedAnswer.Source.PRACTICE,
            source_id=session.pk,
            slot=given.position,
            bank_id=session.bank_id,
            domain_id=question.domain,
            item_id=question.item,
            item_version_id=question.version,
            answer=given.answer,
            fraction=Decimal(str(worth_of(question, given.answer))),
            points=question.points,
            is_guess=given.is_guess,
            seconds=given.seconds,
            answered_at=given.saved_at,
            local_date=given.saved_at.astimezone(zone).date(),
        )
        for given in kept
        if not is_empty(given.answer)
        for question in [questions[given.position - 1]]
    ]
    MarkedAnswer.objects.bulk_create(facts)
    kept.delete()
    return facts


def _quiz_finished(session: PracticeSession) -> QuizFinished:
    fresh = first_right(session.pk)
    return QuizFinished(
        **_event_subject(session),
        items=len(session.versions),
        first_right=fresh["all"],
        hard_right=fresh.get(Difficulty.HARD, 0),
        seconds=session.seconds,
        time_limit_seconds=session.time_limit_seconds or 0,
    )


def _study_finished(session: PracticeSession) -> StudyFinished:
    return StudyFinished(**_event_subject(session), viewed=session.viewed, seconds=session.seconds)


def _event_subject(session: PracticeSession) -> Mapping[str, Any]:
    return {
        "academy_id": session.academy_id,
        "learner_id": session.learner_id,
        "session_id": session.pk,
        "bank_id": session.bank_id,
        "answered": session.answered,
        "right": session.right,
        "days": days_of(session.pk),
    }


def _time_factor(member: Membership) -> Decimal:
    """What the member was granted for everything in the academy."""
    granted = Accommodation.objects.filter(member=member, delivery=None).values_list("time_factor", flat=True).first()
    return granted or Decimal(1)


def _invalid(field: str, code: str, detail: str) -> Invalid:
    return Invalid(errors=(FieldError(field=field, code=code, detail=detail),))
