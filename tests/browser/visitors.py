"""People with a browser of their own, and what went wrong in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from tests.browser.site import Site
from tests.browser.words import Words
from tests.cast import Person

# The machine may be busy; what is slow in earnest shows in the benchmarks.
PATIENCE_MS = 20_000
# How often it is looked whether a page rests, how often in a row it has to, and for how long at most.
BEAT_MS = 50
BEATS_AT_REST = 3
MOST_BEATS = 100
NETWORK_LOST = re.compile(r"net::ERR_(INTERNET_DISCONNECTED|FAILED|NETWORK_CHANGED|ABORTED)")
REFUSED = re.compile(r"the server responded with a status of (\d+)")
# The first question of a page that nobody has signed in to.
SIGNED_OUT = 401

REFUSE_ANSWERS = """() => {
    const fetch = window.fetch;
    window.fetch = (input, init) =>
        init?.method === "PUT" ? Promise.reject(new TypeError("no network")) : fetch(input, init);
    window.addEventListener("answers-pass", () => { window.fetch = fetch; });
}"""

expect.set_options(timeout=PATIENCE_MS)


class Visitor:
    """One browser profile with one page. `troubles` is what its console said that no page should make it say."""

    def __init__(self, context: BrowserContext, site: Site, words: Words) -> None:
        self.context = context
        self.site = site
        self.words = words
        self.troubles: list[str] = []
        self._had_outage = False
        self._allowed_statuses = {SIGNED_OUT}
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", self._hear)
        # Requests of the page that have no answer yet.
        self._under_way: set[Request] = set()
        context.on("request", lambda request: self._under_way.add(request))
        context.on("requestfinished", lambda request: self._under_way.discard(request))
        context.on("requestfailed", lambda request: self._under_way.discard(request))
        context.on("weberror", lambda error: self.troubles.append(f"exception: {error.error}"))
        self.page: Page = context.new_page()

    def open(self, path: str) -> None:
        """Load an address of the site."""
        # What the page before it asked for is of no interest any more.
        self._under_way.clear()
        self.page.goto(f"{self.site.url}{path}", wait_until="domcontentloaded")
        self.settle()

    def settle(self) -> None:
        """Wait until the page has asked for nothing for a moment: what arrives late moves what was about to be clicked.

        A page that never rests is not waited for.
        """
        still = 0
        for _ in range(MOST_BEATS):
            self.page.wait_for_timeout(BEAT_MS)
            still = 0 if self._under_way else still + 1
            if still == BEATS_AT_REST:
                return

    def heading(self, name: str) -> Locator:
        """The page's one h1."""
        return self.page.get_by_role("heading", level=1, name=name, exact=True)

    def button(self, key: str, **values: object) -> Locator:
        """A button by the key of its text."""
        return self.page.get_by_role("button", name=self.words(key, **values), exact=True)

    def link(self, key: str, **values: object) -> Locator:
        """A link by the key of its text."""
        return self.page.get_by_role("link", name=self.words(key, **values), exact=True)

    def says(self, key: str, **values: object) -> Locator:
        """The element with exactly this text."""
        return self.page.get_by_text(self.words(key, **values), exact=True)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, target: Locator, *, most: int = 60) -> None:
        """Press Tab until the control has the focus. Fails where the keyboard does not lead there."""
        for _ in range(most):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"{most} times Tab does not lead to {target}")

    @contextmanager
    def offline(self) -> Iterator[None]:
        """No network until the end of the block."""
        self._had_outage = True
        self.context.set_offline(True)
        try:
            yield
        finally:
            self.context.set_offline(False)

    @contextmanager
    def answers_blocked(self) -> Iterator[None]:
        """No answer reaches the server until the end of the block, also none of a page that is left; all else does."""
        self._had_outage = True
        # What a page sends as it goes is past being intercepted on its way.
        self.page.evaluate(REFUSE_ANSWERS)

        def block(route: Any) -> None:
            if route.request.method == "PUT":
                route.abort()
            else:
                route.continue_()

        pattern = re.compile(r"/api/v1/sittings/[^/]+/(responses|answers)/")
        self.context.route(pattern, block)
        try:
            yield
        finally:
            self.context.unroute(pattern, block)
            self.page.evaluate("window.dispatchEvent(new Event('answers-pass'))")

    def allow_status(self, status: int) -> None:
        """From now on a request may be refused with this status, which browsers write down as an error."""
        self._allowed_statuses.add(status)

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        wider: int = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return wider

    def photograph(self, folder: Path, name: str) -> Path:
        """A picture of the page as it stands."""
        path = folder / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        refused = REFUSED.search(message.text)
        is_allowed = refused is not None and int(refused[1]) in self._allowed_statuses
        is_outage = self._had_outage and NETWORK_LOST.search(message.text) is not None
        if not is_allowed and not is_outage:
            self.troubles.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")


class Visitors:
    """Everybody who takes part in a test."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser = browser
        self.site = site
        self.all: list[Visitor] = []

    def __call__(
        self,
        person: Person | None = None,
        *,
        locale: str = "en",
        width: int = 1280,
        height: int = 800,
        scheme: str = "light",
    ) -> Visitor:
        """A new profile, signed in as that person if there is one."""
        context = self.browser.new_context(
            base_url=self.site.url,
            locale=locale,
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        if person is not None:
            context.add_cookies([self._session_of(person)])
        visitor = Visitor(context, self.site, Words(locale))
        self.all.append(visitor)
        return visitor

    def leave(self) -> list[str]:
        """Close every browser. Returns what their consoles said."""
        for visitor in self.all:
            visitor.context.close()
        return [trouble for visitor in self.all for trouble in visitor.troubles]

    def _session_of(self, person: Person) -> Any:
        client = Client()
        client.force_login(person.account)
        name = settings.SESSION_COOKIE_NAME
        return {
            "name": name,
            "value": client.cookies[name].value,
            "url": self.site.url,
            "httpOnly": True,
            "sameSite": settings.SESSION_COOKIE_SAMESITE,
        }
