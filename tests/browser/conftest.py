"""One browser and one server for the folder, people with browsers of their own for each test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser
from playwright.sync_api import Error as BrowserError

from tests.browser.chromium import ChromiumMissing, find_chromium, running_chromium
from tests.browser.site import Site, running_site
from tests.browser.visitors import Visitors

LINES_OF_LOG = 40


@pytest.fixture(scope="package")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The platform with this worker's database."""
    if not (settings.FRONTEND_DIST / "index.html").is_file():
        pytest.fail("The front end is not built: run `make frontend` first (`make test` does).", pytrace=False)
    log = tmp_path_factory.mktemp("site") / "gunicorn.log"
    with running_site(database=connection.settings_dict["NAME"], log=log) as running:
        yield running


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser."""
    missing = ""
    try:
        find_chromium()
    except ChromiumMissing as error:
        missing = str(error)
    if missing:
        # Outside the handler, so that one line is all that is said.
        pytest.fail(missing, pytrace=False)
    with pytest.MonkeyPatch.context() as patch, running_chromium() as browser:
        # Playwright's own event loop runs in this thread, which Django takes for an asynchronous context.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield browser


@pytest.fixture
def visit(chromium: Browser, site: Site, tmp_path: Path) -> Iterator[Visitors]:
    """`visit(person)` opens a browser as that person. No console may complain, of a script or of the content policy."""
    visitors = Visitors(chromium, site)
    yield visitors
    troubles = visitors.leave()
    site.gate.shut()
    assert not troubles, "\n".join(troubles)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """The tables are emptied after `visit` has shut the gate, and before requests pass again."""
    site = getattr(item, "funcargs", {}).get("site")
    try:
        yield
    finally:
        if isinstance(site, Site):
            site.gate.open()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Say where the pictures of a failure lie, and what the server wrote."""
    report: Any = yield
    visitors = getattr(item, "funcargs", {}).get("visit")
    if call.when == "call" and report.failed and isinstance(visitors, Visitors):
        report.sections.append(("In the browser", "\n".join(_scene(visitors, item.funcargs["tmp_path"]))))
        log = visitors.site.log.read_text(errors="replace").splitlines()
        report.sections.append(("The server's last lines", "\n".join(log[-LINES_OF_LOG:])))
    return report


def _scene(visitors: Visitors, folder: Path) -> Iterator[str]:
    for number, visitor in enumerate(visitors.all, start=1):
        try:
            yield f"{visitor.page.url}: {visitor.photograph(folder, f'browser-{number}')}"
        except BrowserError as error:
            yield f"{visitor.page.url}: no picture, {error.message}"
        yield from visitor.troubles
