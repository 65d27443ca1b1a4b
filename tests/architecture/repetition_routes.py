"""The routes of reviews: who gets what, and how their list grows."""

from collections.abc import Callable

from django.utils import timezone

from tests.architecture.access import Access, Given
from tests.architecture.exam_routes import for_learners
from tests.cast import Cast
from tests.factories.practice import right_answer
from tests.factories.reviews import grade, make_cards


def a_card(cast: Cast) -> Given:
    """Harbour's learner has a new card."""
    (card,) = make_cards(cast.harbour.learner.membership, 1, now=timezone.now())
    return Given(path={"slug": "harbour", "card": card.pk}, body={})


def an_answer(cast: Cast) -> Given:
    """What checking takes."""
    return Given(path=a_card(cast).path, body={"answer": right_answer(), "seconds": 12})


def a_grade_to_give(cast: Cast) -> Given:
    """A repeated grade of a card: it answers the same."""
    member = cast.harbour.learner.membership
    (card,) = make_cards(member, 1, now=timezone.now())
    grade(card, "good", actor=member, now=timezone.now())
    return Given(path={"slug": "harbour", "card": card.pk}, body={"rating": "good", "sequence": 1})


def a_grade(cast: Cast) -> Given:
    """Harbour's learner has graded a card."""
    member = cast.harbour.learner.membership
    (card,) = make_cards(member, 1, now=timezone.now())
    graded = grade(card, "good", actor=member, now=timezone.now())
    return Given(path={"slug": "harbour", "grade": graded.log.pk})


def settings(_: Cast) -> Given:
    """What changing the settings takes."""
    return Given(path={"slug": "harbour"}, body={"daily_limit": 30})


_REVIEWS = "/api/v1/academies/{slug}/practice/reviews"

TABLE: dict[str, Access] = {
    f"GET {_REVIEWS}/": for_learners(),
    f"GET {_REVIEWS}/today/": for_learners(),
    f"GET {_REVIEWS}/settings/": for_learners(),
    f"PATCH {_REVIEWS}/settings/": for_learners(given=settings),
    f"GET {_REVIEWS}/retention/": for_learners(),
    f"GET {_REVIEWS}/cards/": for_learners(),
    f"POST {_REVIEWS}/cards/{{card}}/suspension/": for_learners(given=a_card),
    f"DELETE {_REVIEWS}/cards/{{card}}/suspension/": for_learners(given=a_card),
    f"POST {_REVIEWS}/{{card}}/checks/": for_learners(given=an_answer),
    f"POST {_REVIEWS}/{{card}}/grades/": for_learners(given=a_grade_to_give),
    f"DELETE {_REVIEWS}/grades/{{grade}}/": for_learners(given=a_grade),
}


def more_cards(cast: Cast, count: int) -> None:
    """New cards of Harbour's learner, in a bank of their own."""
    from tests.factories.practice import make_practice_bank

    member = cast.harbour.learner.membership
    make_cards(member, count, now=timezone.now(), bank=make_practice_bank(member, items=count, slug=f"more-{count}"))


LISTS: dict[str, Callable[[Cast, int], None]] = {f"GET {_REVIEWS}/cards/": more_cards}
