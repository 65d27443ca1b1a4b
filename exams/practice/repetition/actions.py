"""What a learner does with their cards: answer, grade, undo, put aside; and the terms on which they repeat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from academies.models import Membership
from config.kernel.errors import FieldError, Invalid
from exams.bank.answers import MalformedAnswer, check_answer
from exams.bank.models import Item, ItemVersion
from exams.marking.fields import CurrentTransaction
from exams.marking.models import MarkedAnswer
from exams.marking.scoring import fraction_of
from exams.practice.repetition.errors import CardNotDue, NotTheLastGrade, ReviewNotAnswered, StaleReview
from exams.practice.repetition.models import ReviewCard, ReviewLog, ReviewSettings
from exams.practice.repetition.queue import Today, memory_of, outcomes_of, today_of
from exams.practice.repetition.runs import finish_run
from exams.practice.repetition.terms import Terms, terms_of

RATINGS = tuple(ReviewLog.Rating.values)
_EXACT = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True)
class Graded:
    """A grade, and the day as it is after it."""

    log: ReviewLog
    terms: Terms
    today: Today


@transaction.atomic
def check_review(
    *, card: UUID, answer: Mapping[str, Any] | None, seconds: int, actor: Membership, now: datetime
) -> ReviewCard:
    """Mark the answer to a card that is due; from here on the learner may see the truth.

    The first answer counts: another one, until the card is graded, changes nothing. `answer` is None for who does not
    know. Raises Http404, CardNotDue, Invalid for an answer of another shape.
    """
    found = _own(card, actor)
    if found.answer_that_waits(now=now) is not None:
        return found
    if not ReviewCard.objects.waiting(now=now).showable(actor.academy).filter(id=card).exists():
        raise CardNotDue
    version = ItemVersion.objects.get(id=Item.objects.values("live_version").get(id=found.item_id)["live_version"])
    try:
        check_answer(type=version.type, question=version.question, answer=answer)
    except MalformedAnswer as error:
        raise Invalid(errors=(FieldError(field="answer", code="malformed", detail=str(error)),)) from error
    fraction = fraction_of(type=version.type, scoring=version.scoring, key=version.key, answer=answer)
    found.given = {
        "version": str(version.pk),
        "answer": answer,
        "fraction": fraction,
        "seconds": seconds,
        "at": now.isoformat(),
    }
    found.save(update_fields=["given"])
    return found


@transaction.atomic
def grade_review(*, card: UUID, sequence: int, rating: str, actor: Membership, now: datetime) -> Graded:
    """Say how well the answer was remembered, and put the card to its next day.

    `sequence` is the number of the review, so that a request that is repeated counts once.
    Raises Http404, StaleReview, ReviewNotAnswered.
    """
    found = _own(card, actor)
    terms = terms_of(actor, now=now)
    if sequence != found.graded + 1:
        repeated = ReviewLog.objects.standing().filter(card=found, number=sequence).first()
        if repeated is None:
            raise StaleReview
        return Graded(log=repeated, terms=terms, today=today_of(actor, terms=terms, now=now))
    given = found.answer_that_waits(now=now)
    if given is None:
        raise ReviewNotAnswered
    log = _log(found, given, rating=rating, terms=terms, now=now)
    log.save(force_insert=True)
    _fact(found, log, given).save(force_insert=True)
    _move_on(found, rating=rating, terms=terms, now=now)
    today = today_of(actor, terms=terms, now=now)
    if not today.left:
        finish_run(member=actor, is_queue_empty=True, actor=actor.user, now=now)
    return Graded(log=log, terms=terms, today=today)


@transaction.atomic
def undo_grade(*, grade: UUID, actor: Membership, now: datetime) -> ReviewCard:
    """Take the learner's last grade back: the card is as it was, its answer waiting for another grade.

    Undoing it twice changes nothing more. Raises Http404, NotTheLastGrade.
    """
    own = ReviewLog.objects.of_learner(actor)
    log = own.filter(id=grade).first()
    if log is None:
        raise Http404
    card = _own(log.card_id, actor)
    log.refresh_from_db()
    if log.undone_at is not None and card.graded == log.number:
        return card
    last = own.standing().order_by("-reviewed_at", "-id").first()
    if last is None or last.pk != log.pk:
        raise NotTheLastGrade
    log.undone_at = now
    log.save(update_fields=["undone_at"])
    fact = MarkedAnswer.objects.of_source(card.pk).filter(slot=log.number)
    fact.update(is_counted=False, written_in=CurrentTransaction())
    card.restore(log.before)
    return card


@transaction.atomic
def suspend_card(*, card: UUID, actor: Membership, now: datetime) -> ReviewCard:
    """Show the card no more. Raises Http404."""
    return _set_aside(_own(card, actor), now)


@transaction.atomic
def resume_card(*, card: UUID, actor: Membership) -> ReviewCard:
    """Show the card again, from where it was. Raises Http404."""
    return _set_aside(_own(card, actor), None)


@transaction.atomic
def change_settings(*, changes: Mapping[str, Any], actor: Membership) -> ReviewSettings:
    """Set the terms that are named. What is due behind a new exam's date is drawn in when the queue is opened."""
    ReviewSettings.objects.get_or_create(academy_id=actor.academy_id, learner_id=actor.user_id)
    own = ReviewSettings.objects.for_academy(actor.academy_id).filter(learner=actor.user_id).locked().get()
    for name, value in changes.items():
        setattr(own, name, value)
    own.save(update_fields=list(changes))
    return own


def _own(card: UUID, actor: Membership) -> ReviewCard:
    found = ReviewCard.objects.of_learner(actor).locked().filter(id=card).first()
    if found is None:
        raise Http404
    return found


def _log(card: ReviewCard, given: Mapping[str, Any], *, rating: str, terms: Terms, now: datetime) -> ReviewLog:
    # Graded again after an undo: what has been told of is not told of twice.
    undone = ReviewLog.objects.filter(card=card, number=card.graded, undone_at__isnull=False).first()
    return ReviewLog(
        academy_id=card.academy_id,
        learner_id=card.learner_id,
        card=card,
        number=card.graded + 1,
        rating=rating,
        item_version_id=given["version"],
        fraction=Decimal(given["fraction"]).quantize(_EXACT),
        seconds=given["seconds"],
        state_before=card.state,
        retrievability=terms.model.retrievability(memory_of(card), on=terms.today),
        before=card.snapshot(),
        reviewed_at=now,
        local_date=terms.today,
        counted_at=undone.counted_at if undone else None,
    )


def _fact(card: ReviewCard, log: ReviewLog, given: Mapping[str, Any]) -> MarkedAnswer:
    item = Item.objects.only("bank_id", "domain_id").get(id=card.item_id)
    return MarkedAnswer(
        academy_id=card.academy_id,
        learner_id=card.learner_id,
        source=MarkedAnswer.Source.REVIEW,
        source_id=card.pk,
        slot=log.number,
        bank_id=item.bank_id,
        domain_id=item.domain_id,
        item_id=card.item_id,
        item_version_id=log.item_version_id,
        answer=given["answer"],
        fraction=log.fraction,
        points=ItemVersion.objects.values_list("points", flat=True).get(id=log.item_version_id),
        seconds=log.seconds,
        answered_at=log.reviewed_at,
        local_date=log.local_date,
    )


def _move_on(card: ReviewCard, *, rating: str, terms: Terms, now: datetime) -> None:
    outcome = outcomes_of(card, ratings=(rating,), terms=terms, now=now)[rating]
    memory = outcome.memory
    is_lapse = card.state == ReviewCard.State.REVIEW and rating == ReviewLog.Rating.AGAIN
    card.state, card.step = memory.state, memory.step
    card.stability, card.difficulty, card.reviewed_on = memory.stability, memory.difficulty, memory.reviewed_on
    card.due_at, card.last_reviewed_at = outcome.due_at, now
    card.reviews += 1
    card.lapses += is_lapse
    card.graded += 1
    card.given = None
    card.save(update_fields=[*ReviewCard.MEMORY, "graded"])


def _set_aside(card: ReviewCard, at: datetime | None) -> ReviewCard:
    if (card.suspended_at is None) != (at is None):
        card.suspended_at = at
        card.save(update_fields=["suspended_at"])
    return card
