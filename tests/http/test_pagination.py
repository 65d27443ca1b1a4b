"""Pages by keyset: complete, in order, stable, and one query each."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.http.problem import problem

pytestmark = pytest.mark.django_db
PEOPLE = "/api/v1/people/"


@pytest.fixture
def people(person: User) -> list[User]:
    """31 people: names that repeat, last sign-ins that are often unknown."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        person,
        *User.objects.bulk_create(
            User(
                email=f"p{n:02}@harbour.example",
                name=f"Name {n % 4}",
                last_login=start + timedelta(days=n % 5) if n % 3 else None,
            )
            for n in range(30)
        ),
    ]


def walk(browser: Client, address: str, link: str = "next") -> list[list[str]]:
    """The pages from this one on, each as the ids of its rows."""
    pages = []
    following: str | None = address
    while following:
        response = browser.get(following)
        assert response.status_code == 200, response.content
        body: dict[str, Any] = response.json()
        pages.append([row["id"] for row in body["results"]])
        parts = urlsplit(body[link] or "")
        following = f"{parts.path}?{parts.query}" if body[link] else None
    return pages


@pytest.mark.parametrize("order", ["", "name", "-name", "email", "-email", "last", "-last", "created", "-created"])
def test_pages_hold_every_row_once_in_the_order_of_the_database(
    browser: Client, people: list[User], order: str
) -> None:
    paths = {
        "": "name",
        "last": "last_login",
        "-last": "-last_login",
        "created": "created_at",
        "-created": "-created_at",
    }
    path = paths.get(order, order)
    key = "-id" if path.startswith("-") else "id"
    expected = [str(user.pk) for user in User.objects.order_by(path, key)]
    pages = walk(browser, f"{PEOPLE}?page_size=7" + (f"&ordering={order}" if order else ""))
    assert [len(page) for page in pages] == [7, 7, 7, 7, 3]
    assert [row for page in pages for row in page] == expected


@pytest.mark.parametrize("order", ["name", "-last", "last"])
def test_the_way_back_shows_the_same_pages(browser: Client, people: list[User], order: str) -> None:
    start = f"{PEOPLE}?page_size=10&ordering={order}"
    forward = walk(browser, start)
    last = browser.get(start).json()
    while last["next"]:
        last = browser.get(last["next"]).json()
    backward = [[row["id"] for row in last["results"]], *walk(browser, last["previous"], "previous")]
    assert [row for page in reversed(backward) for row in page] == [row for page in forward for row in page]


def test_rows_that_come_in_between_shift_nothing(browser: Client, people: list[User]) -> None:
    first = browser.get(f"{PEOPLE}?page_size=10&ordering=email").json()
    User.objects.create(email="a-new-one@harbour.example")
    second = browser.get(first["next"]).json()
    seen = [row["id"] for row in [*first["results"], *second["results"]]]
    assert len(set(seen)) == 20


def test_a_page_costs_one_query_however_large(browser: Client, people: list[User]) -> None:
    browser.get(PEOPLE)
    counts = []
    for size in (2, 30):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(f"{PEOPLE}?page_size={size}")
        counts.append(len(queries))
    assert counts == [2, 2]  # the person who asks, and the page


def test_sizes(browser: Client, people: list[User]) -> None:
    User.objects.bulk_create(User(email=f"q{n:03}@harbour.example") for n in range(100))
    assert len(browser.get(PEOPLE).json()["results"]) == 25
    assert len(browser.get(f"{PEOPLE}?page_size=1000").json()["results"]) == 100
    for wrong in ("0", "-1", "ten", "1.5", "9" * 5000):
        body = problem(browser.get(f"{PEOPLE}?page_size={wrong}"), 400, "validation_error")
        assert body["errors"][0]["field"] == "page_size"


@pytest.mark.parametrize(
    "cursor", ["nonsense", "%F0%9F", "e30", "W10", "WyJuYW1lLGlkIiwwLCJhIiwibm90LWEtdXVpZCJd", "bnVsbA", "MTI"]
)
def test_a_cursor_that_was_never_given_out_is_refused(browser: Client, people: list[User], cursor: str) -> None:
    body = problem(browser.get(f"{PEOPLE}?cursor={cursor}"), 400, "validation_error")
    assert body["errors"][0]["field"] == "cursor"


def test_a_cursor_of_another_order_is_refused(browser: Client, people: list[User]) -> None:
    following = browser.get(f"{PEOPLE}?page_size=5&ordering=email").json()["next"]
    problem(browser.get(following.replace("ordering=email", "ordering=name")), 400, "validation_error")


def test_an_order_that_is_not_offered_is_refused(browser: Client) -> None:
    for wrong in ("password", "--name", "name,email", "-"):
        body = problem(browser.get(f"{PEOPLE}?ordering={wrong}"), 400, "validation_error")
        assert body["errors"][0]["field"] == "ordering"


def test_an_empty_list_has_no_neighbours(browser: Client) -> None:
    User.objects.exclude(email="ada@harbour.example").delete()
    assert browser.get(PEOPLE).json()["next"] is None
    assert browser.get(PEOPLE).json()["previous"] is None
