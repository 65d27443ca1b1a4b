"""Every route of the API document, as every role: nothing is open that nobody thought of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from drf_spectacular.generators import SchemaGenerator

from tests.architecture import (
    academy_routes,
    account_routes,
    boards_routes,
    exam_routes,
    insight_routes,
    practice_session_routes,
    privacy_routes,
    repetition_routes,
    saved_routes,
    session_routes,
    xp_routes,
)
from tests.architecture.access import Given
from tests.architecture.permissions import TABLE
from tests.cast import Cast, Person, WatchedClient

Api = Callable[[Person], WatchedClient]
LISTS = {
    **academy_routes.LISTS,
    **account_routes.LISTS,
    **boards_routes.LISTS,
    **exam_routes.LISTS,
    **practice_session_routes.LISTS,
    **insight_routes.LISTS,
    **privacy_routes.LISTS,
    **repetition_routes.LISTS,
    **saved_routes.LISTS,
    **session_routes.LISTS,
    **xp_routes.LISTS,
}


@cache
def document() -> dict[str, Any]:
    """The API document."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return schema


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every route with its method, and what the document says of it."""
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            if method in ("get", "post", "put", "patch", "delete"):
                yield f"{method.upper()} {path}", operation


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema, followed to where it is written."""
    reference = schema.get("$ref", "")
    return document()["components"]["schemas"][reference.rpartition("/")[2]] if reference else schema


def is_list(operation: dict[str, Any]) -> bool:
    """Whether the answer is a page of rows, or rows."""
    content = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
    schema = resolved(content.get("schema", {}))
    return schema.get("type") == "array" or "results" in schema.get("properties", {})


def send(client: WatchedClient, route: str, given: Given) -> Any:
    """Ask as the line of the table says."""
    method, path = route.split(" ")
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in given.headers.items()}
    return getattr(client, method.lower())(path.format(**given.path), given.body, **headers)


def test_every_route_is_in_the_table_and_every_line_has_a_route() -> None:
    assert sorted(route for route, _ in operations()) == sorted(TABLE)


@pytest.mark.parametrize("route", sorted(TABLE))
def test_each_role_gets_what_the_table_says(cast: Cast, api: Api, route: str) -> None:
    expected, given = dict(TABLE[route].statuses), TABLE[route].given(cast)
    got = {}
    for role, person in cast.everybody().items():
        with transaction.atomic():
            got[role] = send(api(person), route, given).status_code
            transaction.set_rollback(True)
    assert got == expected


@pytest.mark.parametrize("route", sorted(route for route in TABLE if "{slug}" in route))
def test_an_academy_that_does_not_exist_looks_like_a_foreign_one(cast: Cast, api: Api, route: str) -> None:
    given = TABLE[route].given(cast)
    elsewhere = Given(path={**given.path, "slug": "atlantis"}, body=given.body, headers=given.headers)
    client = api(cast.outsider)
    foreign, missing = send(client, route, given).json(), send(client, route, elsewhere).json()
    for problem in (foreign, missing):
        problem.pop("instance")
        problem.pop("request_id")
    assert foreign == missing


def test_every_list_is_measured() -> None:
    assert sorted(route for route, operation in operations() if is_list(operation)) == sorted(LISTS)


@pytest.mark.parametrize("route", sorted(LISTS))
def test_a_longer_list_costs_no_more_queries(cast: Cast, api: Api, route: str) -> None:
    may_read = TABLE[route].statuses["owner"] == 200
    client = api(cast.harbour.owner if may_read else cast.harbour.learner)
    given = TABLE[route].given(cast)
    counts = []
    for more in (2, 10):
        LISTS[route](cast, more)
        send(client, route, given)
        with CaptureQueriesContext(connection) as queries:
            answer = send(client, route, given)
        assert answer.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
