"""The lane of sittings: past the middleware, but not past the promises of the API."""

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from tests.http.problem import problem

SITTING = "/api/v1/sittings/7/test/"


@pytest.mark.django_db
def test_a_sitting_needs_neither_session_nor_csrf_token(browser: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = browser.put(SITTING, {"a": 1}, content_type="application/json")
    assert response.json() == {"a": 1}
    assert len(queries) == 0
    assert browser.get(SITTING).json() == {"attempt": "7", "has_session": False}


@pytest.mark.django_db
def test_what_the_lane_answers_is_kept_by_nobody(visitor: Client) -> None:
    for response in (visitor.get(SITTING), visitor.get("/api/v1/sittings/nothing/"), visitor.post(SITTING)):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fail", "status", "code"),
    [("bug", 500, "server_error"), ("rule", 409, "cupboard_bare"), ("token", 401, "token_invalid")],
)
def test_failures_are_problems(visitor: Client, fail: str, status: int, code: str) -> None:
    problem(visitor.put(SITTING, {"fail": fail}, content_type="application/json"), status, code)


@pytest.mark.django_db
def test_a_refused_token_is_challenged(visitor: Client) -> None:
    response = visitor.put(SITTING, {"fail": "token"}, content_type="application/json")
    assert response.headers["WWW-Authenticate"] == "Attempt"


@pytest.mark.django_db
def test_unknown_routes_and_wrong_methods(visitor: Client) -> None:
    problem(visitor.get("/api/v1/sittings/"), 404, "not_found")
    problem(visitor.get("/api/v1/sittings/7/nothing/"), 404, "not_found")
    response = visitor.post(SITTING)
    problem(response, 405, "method_not_allowed")
    assert response.headers["Allow"] == "GET, PUT, HEAD"
    problem(visitor.options(SITTING), 405, "method_not_allowed")


@pytest.mark.django_db
def test_without_tls_a_token_is_not_taken_where_tls_is_required(visitor: Client, settings: LazySettings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = visitor.put(SITTING, {"a": 1}, content_type="application/json")
    assert response.status_code == 301
    assert response.headers["Location"].startswith("https://")
    assert visitor.put(SITTING, {"a": 1}, content_type="application/json", secure=True).status_code == 200
    assert visitor.get("/health").status_code == 200


@pytest.mark.django_db
def test_a_sitting_has_its_line_in_the_log_and_its_request_id(visitor: Client) -> None:
    with capture_logs() as lines:
        response = visitor.get(SITTING, headers={"X-Request-ID": "sitting-1"})
    assert response.headers["X-Request-ID"] == "sitting-1"
    [line] = [line for line in lines if line["event"] == "request"]
    assert line["route"] == "api/v1/sittings/<str:attempt>/test/"
