"""Forged requests: whatever changes something with a cookie needs the token, and the right origin."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.journal.models import JournalEntry
from config.demo import DEMO_PASSWORD
from tests.architecture.access import Given
from tests.architecture.permissions import TABLE
from tests.cast import Cast

SECRET = "a" * 32
WRITES = sorted(route for route in TABLE if not route.startswith("GET ") and "/sittings/" not in route)
# What a page of another site can send without asking first.
SIMPLE = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain")


def browser_of(cast: Cast, *, token: bool = False) -> Client:
    """The owner's browser, whose cookies go along wherever a request comes from."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.harbour.owner.account)
    if token:
        browser.cookies["csrftoken"] = SECRET
    return browser


def forge(browser: Client, route: str, given: Given, content_type: str = "application/json", **headers: str) -> Any:
    """Send the request of the permission table without its token."""
    method, path = route.split(" ")
    return browser.generic(method, path.format(**given.path), b"{}", content_type=content_type, **headers)


@pytest.mark.parametrize("route", WRITES)
def test_every_write_needs_the_token(cast: Cast, route: str) -> None:
    browser, given = browser_of(cast), TABLE[route].given(cast)
    before = JournalEntry.objects.count()
    for content_type in ("application/json", *SIMPLE):
        answer = forge(browser, route, given, content_type)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed"), content_type
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("route", WRITES)
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_the_token_does_not_help_another_origin(cast: Cast, route: str, origin: str) -> None:
    browser, given = browser_of(cast, token=True), TABLE[route].given(cast)
    answer = forge(browser, route, given, HTTP_X_CSRFTOKEN=SECRET, HTTP_ORIGIN=origin)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/_allauth/browser/v1/auth/login", {"email": "learner@harbour.example", "password": DEMO_PASSWORD}),
        ("DELETE", "/_allauth/browser/v1/auth/session", {}),
    ],
)
def test_signing_in_and_out_cannot_be_forged(cast: Cast, method: str, path: str, body: dict[str, str]) -> None:
    browser = browser_of(cast)
    answer = browser.generic(method, path, str(body).replace("'", '"'), content_type="application/json")
    assert answer.status_code == 403
    assert browser.get("/api/v1/me/").json()["email"] == "owner@harbour.example"


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/logout/", "/admin/accounts/user/add/"])
def test_the_admin_cannot_be_forged(cast: Cast, path: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.staff.account)
    assert browser.post(path, {"username": "x", "password": "x"}).status_code == 403
    assert browser.get("/admin/accounts/user/").status_code == 200


@pytest.mark.parametrize("route", sorted(route for route in TABLE if "/sittings/" in route))
def test_a_cookie_does_not_open_the_sitting_lane(cast: Cast, route: str) -> None:
    """It knows the attempt's token alone, which no browser sends by itself."""
    method, path = route.split(" ")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.harbour.learner.account)
    given = TABLE[route].given(cast)
    assert browser.generic(method, path.format(**given.path), b"{}", "application/json").status_code == 401
