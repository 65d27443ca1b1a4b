"""A page of another origin tries to act with the cookies of somebody who is signed in here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.site import Site
from tests.browser.visitors import Visitors
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The machine by two names: a browser takes `127.0.0.1` for another site, and another port of `localhost` for the
# same site, whose requests carry the cookies whatever SameSite says.
OTHER_SITE, SAME_SITE = "127.0.0.1", "localhost"
LOGIN = "/_allauth/browser/v1/auth/session"
FORM = """<form id="forged" method="post" enctype="text/plain" action="{url}">
<input name='{{"name": "Forged", "x": "' value='"}}'></form><iframe name="frame" src="{site}"></iframe>"""
FETCH = """async ([url, method, credentials, mode]) => {
    try {
        const answer = await fetch(url, {
            method, credentials, mode, body: method === "GET" ? undefined : '{"name": "Forged"}',
            headers: mode === "cors" ? {"Content-Type": "application/json", "X-CSRFToken": "x"} : {},
        });
        return answer.type === "opaque" ? "opaque" : `${answer.status} ${await answer.text()}`;
    } catch (error) { return "blocked"; }
}"""


@contextmanager
def attacker(host: str, site: Site) -> Iterator[str]:
    """A page with a forged form, at an origin of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = FORM.format(url=f"{site.url}/api/v1/me/", site=site.url).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def victim(visit: Visitors, cast: Cast) -> Iterator[Page]:
    """A learner's browser. What its console says of refused requests is what these tests are about."""
    visitor = visit(cast.harbour.learner)
    yield visitor.page
    # Closed first: what is said late counts as little.
    visitor.context.close()
    visitor.troubles.clear()


@pytest.mark.parametrize("host", [OTHER_SITE, SAME_SITE])
def test_a_forged_form_is_refused(victim: Page, site: Site, cast: Cast, host: str) -> None:
    with attacker(host, site) as page:
        victim.goto(page)
        with victim.expect_navigation() as navigation:
            victim.evaluate("document.getElementById('forged').submit()")
        carried = "sessionid=" in navigation.value.request.all_headers().get("cookie", "")
        refusal = victim.content()
    # SameSite keeps the cookie from another site; on our own, where it comes along, the token is missed.
    assert carried is (host == SAME_SITE)
    assert ('"code":"csrf_failed"' in refusal) is carried
    assert '"code":"' in refusal
    cast.harbour.learner.account.refresh_from_db()
    assert cast.harbour.learner.account.name != "Forged"


@pytest.mark.parametrize("host", [OTHER_SITE, SAME_SITE])
@pytest.mark.parametrize(
    ("method", "mode"), [("PATCH", "cors"), ("POST", "no-cors"), ("GET", "cors"), ("DELETE", "cors")]
)
def test_a_forged_request_is_refused_and_nothing_can_be_read(
    victim: Page, site: Site, cast: Cast, host: str, method: str, mode: str
) -> None:
    path = LOGIN if method == "DELETE" else "/api/v1/me/"
    with attacker(host, site) as page:
        victim.goto(page)
        said = victim.evaluate(FETCH, [f"{site.url}{path}", method, "include", mode])
    assert said in ("blocked", "opaque")
    cast.harbour.learner.account.refresh_from_db()
    assert cast.harbour.learner.account.name != "Forged"
    # Still signed in: the forged sign-out did nothing.
    assert victim.request.get(f"{site.url}/api/v1/me/").status == 200


@pytest.mark.parametrize("host", [OTHER_SITE, SAME_SITE])
def test_our_pages_are_not_shown_in_a_frame(victim: Page, site: Site, host: str) -> None:
    with attacker(host, site) as page:
        victim.goto(page)
        frame = victim.frame(name="frame")
        assert frame is not None
        assert "root" not in frame.content()
