"""The headers that keep browsers and other sites in their place."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import LazySettings
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


@pytest.mark.parametrize("path", ["/", "/api/v1/open/", "/admin/login/"])
def test_only_passkeys_are_allowed_and_only_to_us(visitor: Client, path: str) -> None:
    allowed = dict(part.split("=", 1) for part in visitor.get(path).headers["Permissions-Policy"].split(", "))
    passkeys = {"publickey-credentials-create", "publickey-credentials-get"}
    assert {name for name, where in allowed.items() if where == "(self)"} == passkeys
    assert {where for name, where in allowed.items() if name not in passkeys} == {"()"}
    assert {"camera", "microphone", "geolocation", "payment", "usb", "display-capture"} <= set(allowed)


@pytest.mark.parametrize("path", ["/api/v1/me/", "/api/v1/open/", "/_allauth/browser/v1/auth/session", "/admin/"])
def test_answers_about_people_are_never_kept(browser: Client, path: str) -> None:
    assert "no-store" in browser.get(path).headers["Cache-Control"]


def test_signing_out_clears_what_the_browser_has_kept(browser: Client) -> None:
    session = "/_allauth/browser/v1/auth/session"
    assert "Clear-Site-Data" not in browser.get(session).headers
    answer = browser.delete(session, headers=csrf(browser))
    assert answer.headers["Clear-Site-Data"] == '"cache"'


# --- Other origins ----------------------------------------------------------------------------------------------------

LISTED, STRANGER = "https://reports.example.org", "https://evil.example"


@pytest.fixture
def listed(settings: LazySettings) -> None:
    """One origin is listed."""
    settings.CORS_ALLOWED_ORIGINS = [LISTED]


def cors(client: Client, path: str, origin: str) -> dict[str, str]:
    """What a browser is told about another origin, before and at the request."""
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    answers = (client.options(path, headers=asked), client.get(path, headers={"Origin": origin}))
    return {
        name.lower(): value
        for answer in answers
        for name, value in answer.headers.items()
        if name.lower().startswith("access-control-allow")
    }


def test_no_origin_is_listed_unless_somebody_lists_it(visitor: Client) -> None:
    assert cors(visitor, "/api/v1/open/", LISTED) == {}


@pytest.mark.usefixtures("listed")
def test_a_listed_origin_may_ask_the_api_without_cookies(visitor: Client) -> None:
    told = cors(visitor, "/api/v1/open/", LISTED)
    assert told["access-control-allow-origin"] == LISTED
    assert "access-control-allow-credentials" not in told


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("path", "origin"),
    [
        ("/api/v1/open/", STRANGER),
        ("/api/v1/open/", "null"),
        ("/api/v1/open/", f"{LISTED}.evil.example"),
        ("/_allauth/browser/v1/auth/session", LISTED),
        ("/admin/login/", LISTED),
        ("/", LISTED),
    ],
)
def test_nobody_else_and_nothing_else(visitor: Client, path: str, origin: str) -> None:
    assert cors(visitor, path, origin) == {}


# --- Production -------------------------------------------------------------------------------------------------------


def test_production_locks_cookies_to_the_host_and_pages_to_tls() -> None:
    """Asked in a process of its own, which reads the production settings."""
    command = (
        "import json, django; from django.conf import settings as s; django.setup()\n"
        "from csp.utils import build_policy\n"
        "names = ['SESSION_COOKIE_NAME', 'CSRF_COOKIE_NAME', 'DEVICE_COOKIE_NAME',\n"
        "  'SESSION_COOKIE_SECURE', 'CSRF_COOKIE_SECURE',\n"
        "  'SESSION_COOKIE_PATH', 'CSRF_COOKIE_PATH', 'SESSION_COOKIE_DOMAIN', 'CSRF_COOKIE_DOMAIN',\n"
        "  'SECURE_HSTS_SECONDS', 'SECURE_HSTS_INCLUDE_SUBDOMAINS', 'SECURE_HSTS_PRELOAD', 'SECURE_SSL_REDIRECT',\n"
        "  'USE_X_FORWARDED_HOST', 'CORS_ALLOW_CREDENTIALS', 'ADMIN_SECOND_FACTOR']\n"
        "print(json.dumps({name: getattr(s, name) for name in names} | {'csp': build_policy()}))"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "x" * 50,
        "SITE_URL": "https://exams.example",
        "DEFAULT_FROM_EMAIL": "no-reply@exams.example",
        "EMAIL_URL": "smtp+tls://mail.exams.example:587",
        "FIELD_ENCRYPTION_KEYS": "thrown-away-after-this-check-0123456789",
        "BLIND_INDEX_KEY": "thrown-away-after-this-check-0123456789",
        "DATABASE_URL": "postgresql://nobody@localhost/none",
        "REDIS_URL": "redis://localhost:6379/0",
    }
    said = subprocess.run([sys.executable, "-c", command], env=environment, capture_output=True, text=True, check=True)
    found = json.loads(said.stdout)
    csp = found.pop("csp").split("; ")
    assert found == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "DEVICE_COOKIE_NAME": "__Host-device",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_PATH": "/",
        "CSRF_COOKIE_PATH": "/",
        "SESSION_COOKIE_DOMAIN": None,
        "CSRF_COOKIE_DOMAIN": None,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
        "SECURE_SSL_REDIRECT": True,
        "USE_X_FORWARDED_HOST": False,
        "CORS_ALLOW_CREDENTIALS": False,
        "ADMIN_SECOND_FACTOR": True,
    }
    assert "upgrade-insecure-requests" in csp
    assert "frame-ancestors 'none'" in csp
    assert not [part for part in csp if "unsafe" in part]
