"""The person who is signed in."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.journal.models import JournalEntry
from tests.cast import Cast, Person, WatchedClient
from tests.factories.academies import MembershipFactory

Api = Callable[[Person], WatchedClient]
URL = "/api/v1/me/"


def test_a_learner_sees_themselves_and_their_academies(cast: Cast, api: Api) -> None:
    learner = cast.harbour.learner.account
    assert api(cast.harbour.learner).get(URL).json() == {
        "id": str(learner.pk),
        "email": "learner@harbour.example",
        "name": "Lena Novak",
        "locale": "en",
        "time_zone": "Europe/Prague",
        "is_staff": False,
        "erasure_due_at": None,
        "seen_by": None,
        "academies": [
            {
                "slug": "harbour",
                "name": "Harbour Academy",
                "colour": "#0b7285",
                "is_house": False,
                "role": "learner",
                "powers": ["sit_exams"],
            }
        ],
    }


def test_an_instructor_sees_what_they_may_do(cast: Cast, api: Api) -> None:
    [academy] = api(cast.harbour.instructor).get(URL).json()["academies"]
    assert academy["powers"] == [
        "manage_deliveries",
        "supervise_attempts",
        "see_results",
        "grant_accommodations",
        "regrade",
    ]


def test_memberships_that_ended_and_suspended_academies_are_not_there(cast: Cast, api: Api) -> None:
    user = cast.harbour.learner.account
    now = datetime(2026, 11, 21, tzinfo=UTC)
    MembershipFactory(user=user, academy=cast.house, ended_at=now)
    MembershipFactory(user=user, academy__suspended_at=now)
    assert [academy["slug"] for academy in api(cast.harbour.learner).get(URL).json()["academies"]] == ["harbour"]


def test_a_visitor_is_asked_to_sign_in(cast: Cast, api: Api) -> None:
    answer = api(cast.anonymous).get(URL)
    assert answer.status_code == 401
    assert answer.json()["code"] == "not_authenticated"


def test_many_academies_cost_no_more_queries(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    MembershipFactory.create_batch(10, user=cast.harbour.learner.account)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(URL).json()["academies"]) == 11
    assert len(many) == len(one)


def test_a_person_changes_what_is_theirs(cast: Cast, api: Api) -> None:
    changes = {"name": "Lena N.", "locale": "es", "time_zone": "America/Bogota"}
    answer = api(cast.harbour.learner).patch(URL, changes)
    assert answer.status_code == 200
    assert changes.items() <= answer.json().items()
    user = cast.harbour.learner.account
    user.refresh_from_db()
    assert (user.name, user.locale, user.time_zone) == ("Lena N.", "es", "America/Bogota")
    entry = JournalEntry.objects.get(kind="accounts.user_changed")
    assert (entry.actor, entry.payload["fields"]) == (user, ["name", "locale", "time_zone"])


def test_saying_the_same_again_changes_nothing(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    assert client.patch(URL, {"name": "Lena Novak"}).status_code == 200
    assert client.patch(URL, {}).status_code == 200
    assert not JournalEntry.objects.filter(kind="accounts.user_changed").exists()


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": "x" * 151}, "name", "max_length"),
        ({"name": None}, "name", "null"),
        ({"name": ["x"]}, "name", "invalid"),
        ({"locale": "de"}, "locale", "invalid_choice"),
        ({"time_zone": "Atlantis/Capital"}, "time_zone", "unknown_time_zone"),
        ({"time_zone": ""}, "time_zone", "blank"),
        ({"time_zone": "../../etc/passwd"}, "time_zone", "unknown_time_zone"),
        ({"email": "other@example.org"}, "email", "unknown_field"),
        ({"is_staff": True}, "is_staff", "unknown_field"),
        ({"id": "1", "name": "x"}, "id", "unknown_field"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    cast: Cast, api: Api, changes: dict[str, object], field: str, code: str
) -> None:
    answer = api(cast.harbour.learner).patch(URL, changes)
    assert answer.status_code == 400
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [(field, code)]
    user = cast.harbour.learner.account
    user.refresh_from_db()
    assert (user.name, user.email, user.is_staff) == ("Lena Novak", "learner@harbour.example", False)


@pytest.mark.parametrize("body", ["[]", '"x"', "7", "null", "{", "true"])
def test_a_body_that_is_no_object_is_refused(cast: Cast, api: Api, body: str) -> None:
    answer = api(cast.harbour.learner).patch(URL, body, content_type="application/json")
    assert answer.status_code == 400
