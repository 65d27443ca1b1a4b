"""What every request gets: an id, the moment it arrived, a line in the log, and a watch over its queries."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from structlog.testing import capture_logs

from accounts.models import User
from config.http.requests import RequestMiddleware
from config.kernel import request_id

pytestmark = pytest.mark.django_db


def test_an_acceptable_request_id_is_taken_over(visitor: Client) -> None:
    response = visitor.get("/api/v1/open/", headers={"X-Request-ID": "abc.DEF_12-3"})
    assert response.headers["X-Request-ID"] == "abc.DEF_12-3"
    assert response.json()["request_id"] == "abc.DEF_12-3"


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with space", "line\nbreak1", "é" * 10])
def test_any_other_request_id_is_replaced(visitor: Client, given: str) -> None:
    response = visitor.get("/api/v1/open/", headers={"X-Request-ID": given})
    assert response.headers["X-Request-ID"] != given
    assert len(response.headers["X-Request-ID"]) >= 16


def test_the_id_is_current_during_the_request_and_not_after() -> None:
    seen = []

    def view(_: HttpRequest) -> HttpResponse:
        seen.append(request_id.current())
        return HttpResponse()

    response = RequestMiddleware(view)(RequestFactory().get("/"))
    assert seen == [response.headers["X-Request-ID"]]
    assert request_id.current() == ""


def test_the_moment_of_arrival_is_on_the_request() -> None:
    request = RequestFactory().get("/")
    RequestMiddleware(lambda _: HttpResponse())(request)
    received: datetime = request.received_at  # type: ignore[attr-defined]
    assert abs(datetime.now(UTC) - received) < timedelta(seconds=5)


def line_of(lines: list[Any]) -> dict[str, Any]:
    [line] = [line for line in lines if line["event"] == "request"]
    return dict(line)


def test_one_line_a_request_without_personal_data(browser: Client, person: User) -> None:
    with capture_logs() as lines:
        browser.get("/api/v1/academies/harbour/things/01890a5d-ac96-774b-bcce-b302099a8057/?search=ada@harbour.example")
    line = line_of(lines)
    assert line["method"] == "GET"
    assert line["route"] == "api/v1/academies/<slug:slug>/things/<uuid:thing>/"
    assert line["status"] == 200
    assert line["duration_ms"] > 0
    assert line["user_id"] == str(person.pk)
    assert "harbour" not in str(line)


def test_the_line_counts_the_queries(browser: Client) -> None:
    browser.get("/api/v1/people/")  # the session is in the cache from here on
    with capture_logs() as lines:
        browser.get("/api/v1/people/")
    assert line_of(lines)["query_count"] == 2  # the person and the page


def test_the_line_does_not_load_the_user_by_itself(browser: Client) -> None:
    with capture_logs() as lines:
        browser.get("/problems/")
    assert line_of(lines)["query_count"] == 0
    assert line_of(lines)["user_id"] is None


def test_a_slow_query_is_reported_without_its_parameters(settings: LazySettings) -> None:
    settings.SLOW_QUERY_MILLISECONDS = 1

    def view(_: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.01), %s", ["ada@harbour.example"])
        return HttpResponse()

    with capture_logs() as lines:
        RequestMiddleware(view)(RequestFactory().get("/"))
    [slow] = [line for line in lines if line["event"] == "slow query"]
    assert "pg_sleep" in slow["sql"]
    assert "ada@" not in slow["sql"]


def test_the_watch_is_gone_after_the_request() -> None:
    before = list(connection.execute_wrappers)
    RequestMiddleware(lambda _: HttpResponse())(RequestFactory().get("/"))
    assert connection.execute_wrappers == before


def test_probes_are_not_in_the_log(visitor: Client) -> None:
    with capture_logs() as lines:
        visitor.get("/health")
    assert [line["log_level"] for line in lines if line["event"] == "request"] in ([], ["debug"])
