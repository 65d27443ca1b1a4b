"""Every error under /api/ is a problem document with the right status and code."""

import pytest
from django.conf import LazySettings
from django.db import OperationalError
from django.test import Client
from structlog.testing import capture_logs

from tests.http.problem import csrf, problem

pytestmark = pytest.mark.django_db

THINGS = "/api/v1/things/"


def test_wrong_fields_are_named_by_dotted_paths(browser: Client) -> None:
    body = {"name": "x" * 30, "parts": [{"size": 1}, {"size": 11}, {}]}
    response = browser.post(THINGS, body, content_type="application/json", headers=csrf(browser))
    errors = {error["field"]: error["code"] for error in problem(response, 400, "validation_error")["errors"]}
    assert errors == {"name": "max_length", "parts.1.size": "max_value", "parts.2.size": "required"}


def test_signed_out_is_401_with_a_challenge(visitor: Client) -> None:
    response = visitor.get(THINGS)
    problem(response, 401, "not_authenticated")
    assert response.headers["WWW-Authenticate"] == "Session"


def test_signed_out_write_is_401_and_not_403(visitor: Client) -> None:
    problem(visitor.post(THINGS, {}, content_type="application/json"), 401, "not_authenticated")


def test_missing_csrf_token_is_403_csrf_failed(browser: Client) -> None:
    problem(browser.post(THINGS, {}, content_type="application/json"), 403, "csrf_failed")


def test_csrf_failure_in_middleware_is_a_problem_for_programs_and_a_page_for_people(browser: Client) -> None:
    problem(browser.post("/_allauth/browser/v1/auth/login", {}, content_type="application/json"), 403, "csrf_failed")
    page = browser.post("/form/")
    assert page.status_code == 403
    assert page.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ("missing", 404, "not_found"),
        ("http404", 404, "not_found"),
        ("forbidden", 403, "permission_denied"),
        ("database", 503, "unavailable"),
        ("twice", 409, "conflict"),
        ("overflow", 400, "validation_error"),
        ("bug", 500, "server_error"),
    ],
)
def test_exceptions_of_python_and_django_have_their_problem(visitor: Client, how: str, status: int, code: str) -> None:
    problem(visitor.get(f"/api/v1/failing/{how}/"), status, code)


def test_a_models_validation_names_its_fields(visitor: Client) -> None:
    body = problem(visitor.get("/api/v1/failing/model/"), 400, "validation_error")
    assert body["errors"] == [{"field": "name", "code": "max_length", "detail": "Too long."}]


def test_an_unforeseen_failure_says_nothing_of_the_inside(visitor: Client) -> None:
    assert b"secret" not in visitor.get("/api/v1/failing/bug/").content


def test_an_unforeseen_failure_is_logged_with_its_traceback(visitor: Client) -> None:
    with capture_logs() as lines:
        visitor.get("/api/v1/failing/bug/")
    [line] = [line for line in lines if line["event"] == "unhandled error"]
    assert line["log_level"] == "error"
    assert isinstance(line["exc_info"], RuntimeError)


def test_a_domain_error_brings_its_members_and_errors(browser: Client) -> None:
    response = browser.post(THINGS, {"name": "bone"}, content_type="application/json", headers=csrf(browser))
    body = problem(response, 409, "cupboard_bare")
    assert body["title"] == "The cupboard is bare"
    assert body["bones"] == 0
    assert body["errors"] == [{"field": "dog.bone", "code": "missing", "detail": "No bone."}]


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing/", "/api/", "/api", "/_allauth/browser/v1/nothing", "/api/v1/things"]
)
def test_unknown_routes_are_404(visitor: Client, path: str) -> None:
    problem(visitor.get(path), 404, "not_found")


def test_unknown_routes_are_problems_under_debug_too(visitor: Client, settings: LazySettings) -> None:
    settings.DEBUG = True
    problem(visitor.get("/api/v1/nothing/"), 404, "not_found")
    problem(visitor.get("/api/v1/failing/bug/"), 500, "server_error")


def test_wrong_method_is_405_and_names_the_right_ones(browser: Client) -> None:
    response = browser.delete(THINGS, headers=csrf(browser))
    problem(response, 405, "method_not_allowed")
    assert {"GET", "POST"} <= set(response.headers["Allow"].split(", "))


def test_a_format_that_nobody_speaks_is_406(browser: Client) -> None:
    problem(browser.get(THINGS, headers={"Accept": "application/x-nothing"}), 406, "not_acceptable")


def test_a_body_that_is_no_json_is_415(browser: Client) -> None:
    response = browser.post(THINGS, "a=1", content_type="application/x-www-form-urlencoded", headers=csrf(browser))
    problem(response, 415, "unsupported_media_type")


def test_a_body_that_is_too_large_is_413(browser: Client, settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = browser.post(THINGS, {"name": "x" * 200}, content_type="application/json", headers=csrf(browser))
    problem(response, 413, "payload_too_large")


def test_failures_of_plain_views_are_problems_below_api_and_pages_elsewhere(visitor: Client) -> None:
    problem(visitor.get("/api/v1/plain/"), 500, "server_error")
    page = visitor.get("/plain/")
    assert page.status_code == 500
    assert page.headers["Content-Type"].startswith("text/html")
    assert b"RuntimeError" not in page.content


def test_a_database_that_is_away_in_middleware_is_503(
    visitor: Client, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise OperationalError("the pool gave up")

    monkeypatch.setattr("django.contrib.sessions.backends.cached_db.SessionStore.load", lost)
    response = browser.get(THINGS)
    problem(response, 503, "unavailable")
    assert response.headers["Retry-After"]


def test_every_code_has_its_place_on_the_page_of_problems(visitor: Client) -> None:
    page = visitor.get("/problems/").content.decode()
    assert "cupboard_bare" in page
    assert "validation_error" in page
    assert visitor.get("/problems/throttled").status_code == 200
    assert visitor.get("/problems/unheard-of").status_code == 404
