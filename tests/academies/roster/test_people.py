"""Lists of members and cohorts."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from academies.models import Cohort, Membership
from academies.tenancy.powers import Role
from tests.cast import Cast, Person, WatchedClient
from tests.factories.academies import CohortFactory, CohortMemberFactory, MembershipFactory

Api = Callable[[Person], WatchedClient]
NOW = datetime(2026, 11, 21, tzinfo=UTC)
MEMBERS = "/api/v1/academies/harbour/members/"
COHORTS = "/api/v1/academies/harbour/cohorts/"


def names(client: WatchedClient, url: str, **query: object) -> list[str]:
    answer = client.get(url, query)
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["results"]]


def test_an_instructor_sees_the_members_by_name(cast: Cast, api: Api) -> None:
    rows = api(cast.harbour.instructor).get(MEMBERS).json()["results"]
    assert [row["name"] for row in rows] == [
        "Ingrid Solberg",
        "Lena Novak",
        "Luis Ferreira",
        "Marcus Adeyemi",
        "Olivia Hart",
    ]
    assert rows[1] == {
        "id": str(cast.harbour.learner.membership.pk),
        "name": "Lena Novak",
        "email": "learner@harbour.example",
        "role": "learner",
        "cohorts": ["Evening group"],
    }


def test_members_are_found_by_role_name_and_address(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.owner)
    assert names(client, MEMBERS, role="learner") == ["Lena Novak", "Luis Ferreira"]
    assert names(client, MEMBERS, search="NOVAK") == ["Lena Novak"]
    assert names(client, MEMBERS, search="learner2@") == ["Luis Ferreira"]
    assert names(client, MEMBERS, search="100%") == []
    assert names(client, MEMBERS, search="") == names(client, MEMBERS)
    assert names(client, MEMBERS, role="learner", ordering="-name") == ["Luis Ferreira", "Lena Novak"]


@pytest.mark.parametrize(
    ("query", "field"),
    [({"role": "king"}, "role"), ({"search": "x" * 101}, "search"), ({"ordering": "password"}, "ordering")],
)
def test_a_query_that_makes_no_sense_is_refused(cast: Cast, api: Api, query: dict[str, str], field: str) -> None:
    answer = api(cast.harbour.owner).get(MEMBERS, query)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_who_left_or_was_deactivated_is_not_listed(cast: Cast, api: Api) -> None:
    MembershipFactory(academy=cast.harbour.academy, ended_at=NOW)
    MembershipFactory(academy=cast.harbour.academy, user__is_active=False)
    assert len(names(api(cast.harbour.owner), MEMBERS)) == 5


def test_members_come_in_pages_without_gaps_though_some_have_no_name(cast: Cast, api: Api) -> None:
    for number in range(7):
        MembershipFactory(academy=cast.harbour.academy, user__name="", user__email=f"same{number}@example.org")
    client = api(cast.harbour.owner)
    seen: list[str] = []
    url = f"{MEMBERS}?page_size=5"
    while url:
        page = client.get(url).json()
        seen += [row["email"] for row in page["results"]]
        url = page["next"]
    assert len(seen) == len(set(seen)) == 12
    assert seen[-1] == "same6@example.org"


def test_the_other_academy_is_never_listed(cast: Cast, api: Api) -> None:
    emails = [row["email"] for row in api(cast.harbour.owner).get(MEMBERS).json()["results"]]
    assert all(email.endswith("@harbour.example") for email in emails)
    assert names(api(cast.harbour.owner), MEMBERS, search="meridian") == []


@pytest.mark.parametrize("url", [MEMBERS, COHORTS])
def test_a_learner_may_not_list_people(cast: Cast, api: Api, url: str) -> None:
    assert api(cast.harbour.learner).get(url).status_code == 403


@pytest.mark.parametrize("url", [MEMBERS, COHORTS])
def test_an_outsider_finds_nothing(cast: Cast, api: Api, url: str) -> None:
    assert api(cast.meridian.owner).get(url).status_code == 404


def test_cohorts_count_the_learners_who_are_still_there(cast: Cast, api: Api) -> None:
    cohort = cast.harbour.cohort
    for membership in (
        MembershipFactory(academy=cast.harbour.academy, ended_at=NOW),
        MembershipFactory(academy=cast.harbour.academy, user__is_active=False),
        MembershipFactory(academy=cast.harbour.academy, role=Role.INSTRUCTOR),
    ):
        CohortMemberFactory(cohort=cohort, member=membership)
    CohortFactory(academy=cast.harbour.academy, name="Beginners")
    client = api(cast.harbour.instructor)
    assert [(row["name"], row["learner_count"]) for row in client.get(COHORTS).json()["results"]] == [
        ("Beginners", 0),
        ("Evening group", 2),
    ]
    assert names(client, COHORTS, search="beg") == ["Beginners"]


@pytest.mark.parametrize("url", [MEMBERS, COHORTS])
def test_longer_lists_cost_no_more_queries(cast: Cast, api: Api, url: str) -> None:
    client = api(cast.harbour.owner)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _ in range(8):
        CohortMemberFactory(cohort__academy=cast.harbour.academy)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_what_a_member_may_see(cast: Cast) -> None:
    CohortFactory(academy=cast.harbour.academy, name="Beginners")
    learner, instructor = cast.harbour.learner.membership, cast.harbour.instructor.membership
    assert set(Membership.objects.visible_to(learner)) == {learner}
    assert Membership.objects.visible_to(instructor).count() == 5
    assert set(Cohort.objects.visible_to(learner)) == {cast.harbour.cohort}
    assert Cohort.objects.visible_to(instructor).count() == 2
