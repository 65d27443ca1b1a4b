"""No page of ours is shown inside of another's."""

import pytest
from django.test import Client

from tests.cast import Cast

PAGES = (
    "/",
    "/sign-in",
    "/a/harbour/settings/security",
    "/admin/login/",
    "/admin/",
    "/admin/security/",
    "/admin/choose-password/x/y/",
    "/api/v1/docs/",
    "/api/v1/me/",
    "/_allauth/browser/v1/auth/session",
    "/problems/",
    "/no-such-file.php",
)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_may_be_framed(cast: Cast, path: str) -> None:
    for account in (None, cast.staff.account):
        client = Client()
        if account:
            client.force_login(account)
        headers = client.get(path).headers
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
