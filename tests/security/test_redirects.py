"""Open redirects: no address of ours sends anybody to another site. The front end's own are in nextPath.test.ts."""

from urllib.parse import quote, urlsplit

import pytest
from django.test import Client

from config.demo import DEMO_PASSWORD
from tests.cast import Cast

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "https:///evil.example",
    " https://evil.example",
    "\thttps://evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "//testserver@evil.example/",
    "http://testserver.evil.example/",
)


def leads_home(location: str) -> bool:
    """Whether a browser that follows it stays with us."""
    found = urlsplit(location.replace("\\", "/"))
    return found.netloc in ("", "testserver") and found.scheme in ("", "http") and not location.startswith("//")


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_after_the_admins_sign_in_nobody_goes_elsewhere(cast: Cast, wanted: str) -> None:
    form = {"username": cast.staff.account.email, "password": DEMO_PASSWORD, "next": wanted}
    for path in ("/admin/login/", f"/admin/login/?next={quote(wanted)}"):
        answer = Client().post(path, form)
        assert answer.status_code == 302
        assert leads_home(answer.headers["Location"])


@pytest.mark.parametrize("wanted", ELSEWHERE)
@pytest.mark.parametrize("name", ["next", "redirect_to", "return_to", "url"])
def test_no_parameter_sends_anybody_elsewhere(cast: Cast, wanted: str, name: str) -> None:
    client = Client()
    client.force_login(cast.staff.account)
    for path in ("/", "/sign-in", "/admin/", "/admin/logout/", "/admin/security/", "/_allauth/browser/v1/auth/session"):
        for send in (client.get, client.post):
            answer = send(f"{path}?{name}={quote(wanted)}")
            assert leads_home(answer.headers.get("Location", "/"))


@pytest.mark.parametrize(
    "path", ["//evil.example/admin", "/admin//evil.example", "//evil.example/%2e", "/\\evil.example"]
)
def test_a_path_that_looks_like_a_host_does_not_become_one(db: None, path: str) -> None:
    answer = Client().generic("GET", path)
    assert leads_home(answer.headers.get("Location", "/"))
