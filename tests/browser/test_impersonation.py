"""Staff who see what a person sees, from the admin and back, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from accounts.models import Impersonation
from tests.accounts.impersonation.seeing import REASON, see_as_page, staff_of
from tests.browser.accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("place", "locale", "width"), [("harbour", "en", 1280), ("meridian", "es", 360)])
def test_support_looks_on_and_comes_back(cast, visit, tmp_path, place, locale, width):
    learner = getattr(cast, place).learner.account
    learner.locale = locale
    learner.save(update_fields=["locale"])
    visitor = visit(staff_of(), locale=locale, width=width)
    visitor.allow_status(403)
    # Nobody has published a text here; and the admin has no icon.
    visitor.allow_status(404)
    words, page = visitor.words, visitor.page
    user_page = see_as_page(learner).replace("see-as", "change")
    visitor.open(see_as_page(learner))
    page.get_by_label("Why", exact=True).fill(REASON)
    page.get_by_role("button", name="See what they see").click()

    banner = page.get_by_role("region", name=words("impersonation:label"))
    expect(banner).to_contain_text(learner.name)
    expect(banner).to_contain_text("Sam Support")
    found = violations(visitor, "home")
    assert visitor.overflow() <= 0
    visitor.photograph(tmp_path, f"home-{width}")
    for path in ("practice", "review", "progress", "leaderboard", "settings/profile", "settings/sessions"):
        visitor.open(f"/a/{place}/{path}")
        expect(banner).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert visitor.overflow() <= 0
    found += violations(visitor, "sessions")
    visitor.open("/privacy")
    expect(banner).to_be_visible()

    visitor.open(f"/a/{place}/settings/profile")
    page.get_by_label(words("profile.name"), exact=True).fill("Somebody Else")
    page.get_by_role("button", name=words("action.save"), exact=True).first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += violations(visitor, "refused")
    visitor.photograph(tmp_path, f"refused-{width}")
    learner.refresh_from_db()
    assert learner.name != "Somebody Else"

    banner.get_by_role("button", name=words("impersonation:end"), exact=True).click()
    page.wait_for_url(f"**{user_page}", wait_until="commit")
    assert Impersonation.objects.get().why_ended == "hand"
    visitor.open("/api/v1/me/")
    assert '"is_staff":true' in page.content()
    assert not found, "\n".join(found)


def test_a_page_that_is_open_elsewhere_follows(cast, visit):
    learner = cast.harbour.learner.account
    visitor = visit(staff_of())
    visitor.allow_status(403)
    visitor.open(see_as_page(learner))
    visitor.page.get_by_label("Why", exact=True).fill(REASON)
    visitor.page.get_by_role("button", name="See what they see").click()
    banner = visitor.page.get_by_role("region", name=visitor.words("impersonation:label"))
    expect(banner).to_be_visible()
    Impersonation.objects.update(expires_at="2020-01-01T00:00Z")
    visitor.link("nav.progress").click()
    visitor.page.wait_for_url("**/admin/", wait_until="commit")
