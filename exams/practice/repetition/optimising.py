"""Fitting the model of memory to what one learner recalled and forgot.

The fit sees the older four fifths of the reviews and is judged on the newest fifth: parameters that foresee those no
better than the present ones are kept on record and not used. The fitting itself is that of `fsrs_rs_python`.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

import fsrs_rs_python as fsrs_rs
import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Count

from academies.models import Membership
from exams.practice.repetition.memory import days_around, is_possible, quietest
from exams.practice.repetition.models import ReviewCard, ReviewLog, ReviewParameters
from exams.practice.repetition.terms import Terms, terms_of

log = structlog.get_logger(__name__)

# Of five reviews four teach and one, the newest, judges.
_TAUGHT_BY = 0.8
_RATINGS = {"again": 1, "hard": 2, "good": 3, "easy": 4}

Reviews = Sequence[tuple[str, date]]


def optimise_all(*, now: datetime) -> int:
    """Fit everybody who has reviewed enough, and enough since the last time; return how many fits are used."""
    counted = ReviewLog.objects.standing().values("academy", "learner").order_by().annotate(reviews=Count("id"))
    enough = counted.filter(reviews__gte=settings.REVIEWS_TO_OPTIMISE)
    used = 0
    for academy, learner, reviews in enough.values_list("academy", "learner", "reviews"):
        member = Membership.objects.filter(academy=academy, user=learner).active().select_related("user", "academy")
        found = member.first()
        if found is None or reviews < _reviews_fitted(found) * settings.REVIEWS_GROWTH_TO_OPTIMISE:
            continue
        try:
            fitted = optimise(member=found, now=now)
        except Exception:
            # One that fails must not keep the others waiting.
            log.exception("repetition.optimising_failed", learner=str(learner))
            continue
        used += fitted is not None and fitted.is_used
    return used


@transaction.atomic
def optimise(*, member: Membership, now: datetime) -> ReviewParameters | None:
    """Fit one learner's parameters, and move their cards to where these see them; None without enough reviews."""
    cards = list(ReviewCard.objects.of_learner(member).filter(reviews__gt=0).order_by("id").locked())
    histories = _histories(member)
    terms = terms_of(member, now=now)
    taught, judged = _split(histories)
    if sum(map(len, histories.values())) < settings.REVIEWS_TO_OPTIMISE or not taught or not judged:
        return None
    before = terms.model.parameters
    after = tuple(fsrs_rs.FSRS(list(before)).compute_parameters(taught))
    loss_before, loss_after = _loss(before, judged), _loss(after, judged)
    fitted = ReviewParameters.objects.create(
        academy_id=member.academy_id,
        learner_id=member.user_id,
        parameters=list(after),
        reviews=sum(map(len, histories.values())),
        log_loss_before=loss_before,
        log_loss_after=loss_after,
        is_used=loss_after < loss_before and is_possible(after),
        made_at=now,
    )
    if fitted.is_used:
        _reschedule(cards, histories, terms=terms_of(member, now=now))
    return fitted


def _histories(member: Membership) -> dict[str, Reviews]:
    """Card → its reviews in order. Older than what the log holds there is nothing."""
    rows = ReviewLog.objects.of_learner(member).standing().order_by("card", "number")
    values = rows.values_list("card", "rating", "local_date").iterator(chunk_size=5000)
    return {str(card): [(rating, on) for _, rating, on in group] for card, group in groupby(values, lambda row: row[0])}


def _split(histories: dict[str, Reviews]) -> tuple[list[fsrs_rs.FSRSItem], list[fsrs_rs.FSRSItem]]:
    """What teaches and what judges, by the day of the review that is foreseen."""
    foreseen = sorted((item for history in histories.values() for item in _foreseen(history)), key=lambda item: item[0])
    cut = int(len(foreseen) * _TAUGHT_BY)
    return [item for _, item in foreseen[:cut]], [item for _, item in foreseen[cut:]]


def _foreseen(history: Reviews) -> Iterator[tuple[date, fsrs_rs.FSRSItem]]:
    """Each review that came days after the one before, with all that went before it."""
    reviews: list[fsrs_rs.FSRSReview] = []
    before = history[0][1]
    for rating, on in history:
        days = max(0, (on - before).days)
        reviews.append(fsrs_rs.FSRSReview(_RATINGS[rating], days))
        before = on
        if days:
            yield on, fsrs_rs.FSRSItem(list(reviews))


def _loss(parameters: Sequence[float], items: list[fsrs_rs.FSRSItem]) -> float:
    return float(fsrs_rs.FSRS(list(parameters)).evaluate(items).log_loss)


def _reschedule(cards: Sequence[ReviewCard], histories: dict[str, Reviews], *, terms: Terms) -> None:
    """Replay the log of every card. Those in their steps keep their moment, those in review get another day."""
    load: dict[int, int] = {}
    for card in cards:
        history = histories.get(str(card.pk))
        if not history:
            continue
        memory, wait = terms.model.replay(history)
        card.stability, card.difficulty = memory.stability, memory.difficulty
        if card.state != ReviewCard.State.REVIEW or memory.reviewed_on is None:
            continue
        passed = (terms.today - memory.reviewed_on).days
        choices = [day - passed for day in days_around(wait.days, furthest=max(1, terms.furthest + passed))]
        day = max(0, quietest(choices, cards=load, seed=f"{card.pk} {card.reviews}"))
        load[day] = load.get(day, 0) + 1
        card.due_at = terms.midnight(day)
    ReviewCard.objects.bulk_update(cards, ["stability", "difficulty", "due_at"], batch_size=1000)


def _reviews_fitted(member: Membership) -> int:
    last = ReviewParameters.objects.filter(academy=member.academy_id, learner=member.user_id)
    return last.order_by("-made_at").values_list("reviews", flat=True).first() or 0
