"""Guessed and stolen ids: what belongs to another academy is not there, on any route, for any role."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest

from config.kernel.ids import new_id
from tests.architecture.access import Given
from tests.architecture.permissions import TABLE
from tests.architecture.test_routes import Api, send
from tests.cast import Cast

ROLES = ("owner", "manager", "instructor", "learner")
BELOW_AN_ACADEMY = sorted(route for route in TABLE if re.search(r"\{slug\}/.*\{", route))
OF_ONESELF = sorted(route for route in TABLE if "{" in route and "{slug}" not in route and "/sittings/" not in route)
WITH_IDS_IN_THE_BODY = sorted(route for route in TABLE if "{slug}" in route and not route.startswith("GET "))


# Taking away what is not there comes to the same as taking it away: whosever it is, nothing is said.
SAYS_NOTHING = (204, "")


def told(answer: Any) -> tuple[int, str]:
    """Status and code."""
    return answer.status_code, answer.json()["code"] if answer.content else ""


def is_id(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("route", BELOW_AN_ACADEMY)
def test_what_belongs_to_another_academy_is_not_there(cast: Cast, api: Api, route: str) -> None:
    """Meridian's people ask their own academy for Harbour's rows: they learn as much as about an id of nobody."""
    given = TABLE[route].given(cast)
    nobodys = {name: new_id() if is_id(value) else value for name, value in given.path.items()}
    for role in ROLES:
        client = api(cast.meridian.people[role])
        stolen = send(client, route, Given(path={**given.path, "slug": "meridian"}, body=given.body))
        guessed = send(client, route, Given(path={**nobodys, "slug": "meridian"}, body=given.body))
        assert told(stolen) == told(guessed), role
        may = TABLE[route].statuses[role] not in (401, 403)
        refusals = {(404, "not_found"), SAYS_NOTHING} if may else {(403, "permission_denied")}
        assert told(stolen) in refusals, role


@pytest.mark.parametrize("route", OF_ONESELF)
def test_an_id_of_nobody_is_not_there(cast: Cast, api: Api, route: str) -> None:
    given = TABLE[route].given(cast)
    nobodys = {bool: False, int: 2**31 - 1, UUID: new_id()}
    path = {name: nobodys.get(type(value), "nobodys") for name, value in given.path.items()}
    answer = send(api(cast.outsider), route, Given(path=path, body=given.body))
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize("route", WITH_IDS_IN_THE_BODY)
def test_ids_of_another_academy_in_a_body_are_refused(cast: Cast, api: Api, route: str) -> None:
    """Meridian's owner names Harbour's rows in a body that would be right in Harbour."""
    given = TABLE[route].given(cast)
    ids = {name for name, value in given.body.items() if is_id(value)} if isinstance(given.body, dict) else set()
    if not ids:
        return
    answer = send(api(cast.meridian.owner), route, Given(path={**given.path, "slug": "meridian"}, body=given.body))
    assert answer.status_code in (400, 403, 404), answer.content


@pytest.mark.parametrize("route", sorted(route for route in TABLE if "/sittings/" in route))
def test_a_token_opens_its_own_attempt_alone(cast: Cast, api: Api, route: str) -> None:
    given = TABLE[route].given(cast)
    another = {name: new_id() if is_id(value) else value for name, value in given.path.items()}
    stolen = Given(path=another, body=given.body, headers=given.headers)
    assert send(api(cast.harbour.learner), route, stolen).status_code in (401, 403, 404)
