"""The routes of study sessions and practice quizzes: who gets what, and how their lists grow."""

from collections.abc import Callable

from django.utils import timezone

from exams.delivery.tokens import issue_token
from exams.practice.sessions.actions import Choice, start_session
from exams.practice.sessions.models import PracticeSession
from tests.architecture.access import Access, Given, access
from tests.architecture.exam_routes import for_learners
from tests.cast import Cast
from tests.factories.practice import make_practice_bank, right_answer

_ACADEMY = "/api/v1/academies/{slug}/practice"


def a_bank(cast: Cast) -> Given:
    """A bank of Harbour to practise from."""
    bank = make_practice_bank(cast.harbour.learner.membership, items=4)
    return Given(path={"slug": "harbour"}, body={"mode": "study", "bank": str(bank.pk), "count": 2})


def a_session(cast: Cast, body: object = None) -> Given:
    """Harbour's learner studies."""
    return Given(path={"slug": "harbour", "session": _studying(cast).pk}, body=body)


def an_answer(cast: Cast) -> Given:
    """An answer of Harbour's learner, with the token of the session."""
    session = _studying(cast)
    token = issue_token(attempt=session.pk, learner=session.learner_id, form=session.bank_id)
    return Given(
        path={"session": session.pk, "position": 1},
        body={"answer": right_answer()},
        headers={"Authorization": f"Attempt {token}"},
    )


TABLE: dict[str, Access] = {
    f"GET {_ACADEMY}/banks/": for_learners(given=a_bank),
    f"GET {_ACADEMY}/sessions/": for_learners(),
    f"POST {_ACADEMY}/sessions/": for_learners(201, given=a_bank),
    f"GET {_ACADEMY}/sessions/{{session}}/": for_learners(given=a_session),
    f"POST {_ACADEMY}/sessions/{{session}}/skips/": for_learners(given=lambda cast: a_session(cast, {"position": 1})),
    f"POST {_ACADEMY}/sessions/{{session}}/submission/": for_learners(given=lambda cast: a_session(cast, {})),
    # The token counts, and nothing else.
    "PUT /api/v1/sittings/{session}/answers/{position}/": access(
        owner=200,
        manager=200,
        instructor=200,
        learner=200,
        foreign_owner=200,
        outsider=200,
        staff=200,
        anonymous=200,
        given=an_answer,
    ),
}


def more_banks(cast: Cast, count: int) -> None:
    """Banks of Harbour to practise from."""
    for _ in range(count):
        slug = f"practice-{cast.harbour.academy.item_banks.count()}"
        make_practice_bank(cast.harbour.learner.membership, items=3, slug=slug)


def more_sessions(cast: Cast, count: int) -> None:
    """Sessions of Harbour's learner."""
    for _ in range(count):
        _studying(cast)


LISTS: dict[str, Callable[[Cast, int], None]] = {
    f"GET {_ACADEMY}/banks/": more_banks,
    f"GET {_ACADEMY}/sessions/": more_sessions,
}


def _studying(cast: Cast) -> PracticeSession:
    learner = cast.harbour.learner.membership
    slug = f"practice-{cast.harbour.academy.item_banks.count()}"
    bank = make_practice_bank(learner, items=3, slug=slug)
    choice = Choice(bank=bank.pk, count=2)
    return start_session(mode="study", choice=choice, actor=learner, now=timezone.now())
