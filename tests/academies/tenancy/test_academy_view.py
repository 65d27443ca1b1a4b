"""Who gets into an academy's routes."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from tests.cast import Cast, Person, WatchedClient

Api = Callable[[Person], WatchedClient]
NOW = datetime(2026, 11, 21, tzinfo=UTC)
URL = "/api/v1/academies/harbour/"


class BellView(AcademyView):
    """Everybody hears the bell; who manages the bank rings it."""

    required = {"POST": Power.MANAGE_BANK, "GET": (Power.REGRADE, Power.SIT_EXAMS)}

    def get(self, request: AcademyRequest, bell: int) -> Response:
        """Hear."""
        return Response({"bell": bell, "academy": request.academy.slug, "role": request.membership.role})

    def post(self, request: AcademyRequest, bell: int) -> Response:
        """Ring."""
        return Response({"received_at": request.received_at})


class LockedView(AcademyView):
    """Reading needs a power."""

    required = {"GET": Power.MANAGE_BANK}

    def get(self, request: AcademyRequest) -> Response:
        """Read."""
        return Response({})


def ring(person: Person, method: str = "get") -> Response:
    request = getattr(APIRequestFactory(), method)("/")
    if person.user.is_authenticated:
        force_authenticate(request, person.account)
    return BellView.as_view()(request, slug="harbour", bell=3)


def test_a_member_sees_the_academy(cast: Cast, api: Api) -> None:
    assert api(cast.harbour.manager).get(URL).json() == {
        "slug": "harbour",
        "name": "Harbour Academy",
        "colour": "#0b7285",
        "is_house": False,
        "role": "manager",
        "powers": [
            "manage_deliveries",
            "supervise_attempts",
            "see_results",
            "grant_accommodations",
            "regrade",
            "manage_bank",
            "manage_people",
            "mentor_learners",
            "moderate_tutor",
        ],
        "time_zone": "Europe/Lisbon",
    }


def test_a_visitor_is_asked_to_sign_in_whether_the_academy_exists_or_not(cast: Cast, api: Api) -> None:
    for slug in ("harbour", "atlantis"):
        assert api(cast.anonymous).get(f"/api/v1/academies/{slug}/").status_code == 401


@pytest.mark.parametrize("who", ["outsider", "foreign_owner", "staff"])
def test_an_outsider_does_not_learn_that_the_academy_exists(cast: Cast, api: Api, who: str) -> None:
    client = api(cast.everybody()[who])
    there, nowhere = client.get(URL), client.get("/api/v1/academies/atlantis/")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    same = ("type", "title", "detail", "code", "errors")
    assert [there.json()[name] for name in same] == [nowhere.json()[name] for name in same]


def test_who_left_is_an_outsider(cast: Cast, api: Api) -> None:
    member = cast.harbour.learner.membership
    member.ended_at = NOW
    member.save()
    assert api(cast.harbour.learner).get(URL).status_code == 404


def test_a_suspended_academy_is_closed(cast: Cast, api: Api) -> None:
    cast.harbour.academy.suspended_at = NOW
    cast.harbour.academy.save()
    assert api(cast.harbour.owner).get(URL).status_code == 404


def test_academy_and_membership_come_with_one_query(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = ring(cast.harbour.learner)
    assert answer.data == {"bell": 3, "academy": "harbour", "role": "learner"}
    assert len(queries) == 1


def test_a_role_without_the_power_is_refused(cast: Cast) -> None:
    assert ring(cast.harbour.instructor, "post").status_code == 403
    assert ring(cast.harbour.owner, "post").status_code == 200


def test_one_of_several_powers_will_do(cast: Cast) -> None:
    assert ring(cast.harbour.instructor).status_code == 200
    assert ring(cast.harbour.learner).status_code == 200


def test_an_outsider_is_refused_before_the_role_is_asked(cast: Cast) -> None:
    assert ring(cast.outsider, "post").status_code == 404
    assert ring(cast.anonymous, "post").status_code == 401


def test_asking_for_the_headers_alone_needs_the_power_too(cast: Cast) -> None:
    for method in ("get", "head"):
        request = getattr(APIRequestFactory(), method)("/")
        force_authenticate(request, cast.harbour.learner.account)
        assert LockedView.as_view()(request, slug="harbour").status_code == 403


def test_a_method_that_does_not_exist_is_named(cast: Cast) -> None:
    assert ring(cast.harbour.owner, "delete").status_code == 405
    assert ring(cast.outsider, "delete").status_code == 404
