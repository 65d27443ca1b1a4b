"""A browser that refuses what the content security policy forbids says so to the platform."""

from __future__ import annotations

from time import monotonic, sleep
from typing import Any

import pytest

from accounts.violations.models import PolicyViolation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INJECT = """() => {
    const script = document.createElement("script");
    script.textContent = "window.wasInjected = true";
    document.body.append(script);
}"""
POLICY = "content-security-policy"
PATIENCE_SECONDS = 20


def without_report_to(route: Any) -> None:
    """Endpoints of `report-to` are for TLS alone; without it a browser takes `report-uri`, if that is all there is."""
    response = route.fetch()
    policy = response.headers[POLICY].replace("report-to csp", "")
    route.fulfill(response=response, headers={**response.headers, POLICY: policy})


def test_an_injected_script_does_not_run_and_is_reported(db, visit):
    visitor = visit()
    visitor.page.route("**/sign-in?*", without_report_to)
    visitor.open("/sign-in?token=secret")
    visitor.page.evaluate(INJECT)
    assert visitor.page.evaluate("window.wasInjected") is None
    give_up_at = monotonic() + PATIENCE_SECONDS
    while not PolicyViolation.objects.exists() and monotonic() < give_up_at:
        sleep(0.1)
    found = PolicyViolation.objects.get()
    assert (found.directive, found.blocked, found.path, found.count) == ("script-src-elem", "inline", "/sign-in", 1)
    [trouble] = visitor.troubles
    assert "Content Security Policy" in trouble
    visitor.troubles.clear()
