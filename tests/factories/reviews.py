"""Review cards and grades for tests, by the actions."""

from datetime import datetime
from typing import Any

from academies.models import Membership
from exams.bank.models import ItemBank
from exams.practice.repetition.actions import Graded, check_review, grade_review
from exams.practice.repetition.cards import make_own_cards
from exams.practice.repetition.models import ReviewCard
from tests.factories.exams import NOW
from tests.factories.practice import make_practice_bank, marked, right_answer, versions_of


def make_cards(
    member: Membership, count: int, *, now: datetime = NOW, bank: ItemBank | None = None
) -> list[ReviewCard]:
    """New cards of questions that the member has missed, in the order in which they come."""
    bank = bank or make_practice_bank(member, items=count)
    marked(member, versions_of(bank)[:count], fractions=[0] * count, now=now)
    make_own_cards(actor=member, now=now)
    return list(ReviewCard.objects.of_learner(member).filter(item__bank=bank).order_by("created_at", "id"))


def grade(
    card: ReviewCard,
    rating: str,
    *,
    actor: Membership,
    now: datetime = NOW,
    answer: dict[str, Any] | None = None,
    seconds: int = 20,
) -> Graded:
    """Answer, right unless said otherwise, and grade."""
    given = right_answer() if answer is None else answer
    check_review(card=card.pk, answer=given, seconds=seconds, actor=actor, now=now)
    card.refresh_from_db()
    graded = grade_review(card=card.pk, sequence=card.graded + 1, rating=rating, actor=actor, now=now)
    card.refresh_from_db()
    return graded
