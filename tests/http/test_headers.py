"""The headers that keep browsers and other sites in their place."""

import pytest
from django.test import Client

from accounts.models import User
from tests.http.problem import csrf

pytestmark = pytest.mark.django_db

ALL = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy(client: Client, path: str) -> dict[str, str]:
    text = client.get(path).headers["Content-Security-Policy"]
    return {name: sources for name, _, sources in (part.partition(" ") for part in text.split("; "))}


@pytest.mark.parametrize(
    "path",
    ["/", "/problems/", "/problems/unheard-of", "/api/v1/open/", "/api/v1/nothing/", "/api/v1/docs/", "/admin/login/"],
)
def test_every_answer_has_the_security_headers(visitor: Client, path: str) -> None:
    headers = visitor.get(path).headers
    assert {name: headers.get(name) for name in ALL} == ALL
    assert "camera=()" in headers["Permissions-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_static_files_are_for_us_alone(visitor: Client) -> None:
    headers = visitor.get("/static/admin/css/base.css").headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/problems/", "/api/v1/open/", "/administration"])
def test_scripts_come_from_us_alone_and_styles_are_never_inline(visitor: Client, path: str) -> None:
    found = policy(visitor, path)
    assert found["script-src"] == "'self'"
    assert "unsafe" not in " ".join(found.values())
    assert found["object-src"] == found["base-uri"] == "'none'"


def test_the_admin_site_alone_may_evaluate(visitor: Client) -> None:
    found = policy(visitor, "/admin/login/")
    assert found["script-src"] == "'self' 'unsafe-eval'"
    assert found["style-src"] == "'self' 'unsafe-inline'"
    assert found["frame-ancestors"] == "'none'"


def test_the_pages_of_the_api_document_may_style_themselves(visitor: Client) -> None:
    found = policy(visitor, "/api/v1/docs/")
    assert found["script-src"] == "'self'"
    assert found["style-src"] == "'self' 'unsafe-inline'"


def test_the_page_of_the_api_document_has_no_inline_script(visitor: Client) -> None:
    page = visitor.get("/api/v1/docs/").content.decode()
    assert "<script>" not in page
    assert visitor.get("/api/v1/docs/?script=").headers["Content-Type"].startswith("application/javascript")


def test_the_session_is_out_of_reach_for_scripts_and_other_sites(visitor: Client, person: User) -> None:
    body = {"email": person.email, "password": "correct-horse-battery"}
    path = "/_allauth/browser/v1/auth/login"
    assert visitor.post(path, body, content_type="application/json", headers=csrf(visitor)).status_code == 200
    session = visitor.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
