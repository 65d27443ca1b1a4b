"""The routes of accounts and academies: who gets what, and how their lists grow."""

from collections.abc import Callable

from tests.architecture.access import Access, Given, everybody, members_only
from tests.cast import Cast
from tests.factories.academies import CohortMemberFactory


def a_new_name(cast: Cast) -> Given:
    """A change of one's own name."""
    return Given(body={"name": "Somebody"})


TABLE: dict[str, Access] = {
    "GET /api/v1/session/": everybody(anonymous=200),
    "GET /api/v1/me/": everybody(),
    "PATCH /api/v1/me/": everybody(given=a_new_name),
    "GET /api/v1/academies/{slug}/": members_only(),
    "GET /api/v1/academies/{slug}/cohorts/": members_only(learner=403),
    "GET /api/v1/academies/{slug}/members/": members_only(learner=403),
}


def more_people(cast: Cast, count: int) -> None:
    """Cohorts with one learner each."""
    for _ in range(count):
        CohortMemberFactory(cohort__academy=cast.harbour.academy)


# Every list of the API: what makes it longer. It is asked for by Harbour's owner.
LISTS: dict[str, Callable[[Cast, int], None]] = {
    "GET /api/v1/academies/{slug}/cohorts/": more_people,
    "GET /api/v1/academies/{slug}/members/": more_people,
}
