"""The routes of insight: learners alone, each their own; and how their lists grow."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from analytics.recommendations.models import Recommendation
from tests.architecture.access import Access, Given
from tests.architecture.exam_routes import for_learners
from tests.cast import Cast
from tests.factories.exams import make_bank, make_blueprint

_ACADEMY = "/api/v1/academies/{slug}"


def an_exam(cast: Cast) -> Given:
    """An exam that Harbour's learners may practise for."""
    bank = make_bank(cast.harbour.academy, slug="faced", is_open_to_practice=True)
    return Given(path={"slug": "harbour", "blueprint": make_blueprint(bank, [("1", "", "", 10)]).pk})


def a_recommendation(cast: Cast) -> Given:
    """What Harbour's learner is recommended, and how they decide."""
    return Given(
        path={"slug": "harbour", "recommendation": _recommended(cast, "one").pk}, body={"decision": "accepted"}
    )


TABLE: dict[str, Access] = {
    f"GET {_ACADEMY}/insights/performance/": for_learners(),
    f"GET {_ACADEMY}/insights/domains/": for_learners(),
    f"GET {_ACADEMY}/insights/weak-areas/": for_learners(),
    f"GET {_ACADEMY}/insights/readiness/": for_learners(),
    f"GET {_ACADEMY}/insights/readiness/{{blueprint}}/": for_learners(given=an_exam),
    f"GET {_ACADEMY}/insights/time/": for_learners(),
    f"GET {_ACADEMY}/recommendations/": for_learners(),
    f"POST {_ACADEMY}/recommendations/{{recommendation}}/decision/": for_learners(given=a_recommendation),
    f"GET {_ACADEMY}/progress-export/": for_learners(),
}


def more_exams(cast: Cast, count: int) -> None:
    """Exams over banks of their own."""
    for number in range(count):
        bank = make_bank(cast.harbour.academy, slug=f"faced-{count}-{number}", is_open_to_practice=True)
        make_blueprint(bank, [("1", "", "", 10), ("2", "", "", 5)])


def more_recommendations(cast: Cast, count: int) -> None:
    """Recommendations of Harbour's learner."""
    for number in range(count):
        _recommended(cast, f"{count}-{number}")


LISTS: dict[str, Callable[[Cast, int], None]] = {
    f"GET {_ACADEMY}/insights/readiness/": more_exams,
    f"GET {_ACADEMY}/recommendations/": more_recommendations,
}


def _recommended(cast: Cast, subject: str) -> Recommendation:
    now = timezone.now()
    return Recommendation.objects.create(
        academy=cast.harbour.academy,
        learner=cast.harbour.learner.account,
        kind=Recommendation.Kind.CARDS_DUE,
        subject=subject,
        facts={"count": 3},
        action={"type": "review"},
        priority=70,
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
