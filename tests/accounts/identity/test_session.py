"""Whether somebody is signed in."""

from collections.abc import Callable

import pytest

from tests.cast import Cast, Person, WatchedClient

Api = Callable[[Person], WatchedClient]


def test_a_visitor_learns_that_they_are_signed_out_and_gets_a_csrf_cookie(cast: Cast, api: Api) -> None:
    answer = api(cast.anonymous).get("/api/v1/session/")
    assert (answer.status_code, answer.json()) == (200, {"authenticated": False, "second_factor": "none"})
    assert answer.cookies["csrftoken"].value
    assert not answer.cookies["csrftoken"]["httponly"]


def test_a_person_learns_that_they_are_signed_in(cast: Cast, api: Api) -> None:
    answer = api(cast.harbour.learner).get("/api/v1/session/")
    assert answer.json() == {"authenticated": True, "second_factor": "none"}


def test_somebody_who_was_deactivated_is_signed_out(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    user = cast.harbour.learner.account
    user.is_active = False
    user.save()
    assert client.get("/api/v1/session/").json()["authenticated"] is False
    assert client.get("/api/v1/me/").status_code == 401


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_there_is_nothing_to_change(cast: Cast, api: Api, method: str) -> None:
    assert getattr(api(cast.anonymous), method)("/api/v1/session/").status_code == 405
