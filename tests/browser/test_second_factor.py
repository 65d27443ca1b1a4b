"""Second factors in a real browser: adding, signing in with them, and proving once more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from accounts.factors.models import Passkey
from accounts.factors.proofs import KEY
from config.demo import DEMO_PASSWORD
from tests.accounts.factors.devices import code_of
from tests.browser.accessibility import violations
from tests.browser.visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SECURITY = "/a/{slug}/settings/security"
both = pytest.mark.parametrize(("place", "locale"), [("harbour", "en"), ("meridian", "es")])


def sign_in(visitor: Visitor, email: str) -> None:
    words, page = visitor.words, visitor.page
    visitor.open("/sign-in")
    page.get_by_label(words("session.email"), exact=True).fill(email)
    page.get_by_label(words("session.password"), exact=True).fill(DEMO_PASSWORD)
    visitor.button("session.sign_in").click()


def hours_later() -> None:
    """Make every proof old, as if the pages had been open for long."""
    for row in Session.objects.all():
        values = row.get_decoded()
        values[KEY]["at"] -= timedelta(hours=1).total_seconds()
        row.session_data = Session.objects.encode(values)
        row.save()
    cache.clear()


def first_code(page: Page, visitor: Visitor) -> None:
    """Type what the app shows for the picture."""
    field = page.get_by_label(visitor.words("security:authenticator.first_code"), exact=True)
    expect(field).to_be_visible()
    field.fill(code_of(TOTPDevice.objects.get(confirmed=False), steps=-1))
    field.press("Enter")


@contextmanager
def virtual_key(visitor: Visitor) -> Iterator[Any]:
    """A device that makes passkeys and always says yes."""
    tools = visitor.context.new_cdp_session(visitor.page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    yield tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    tools.detach()


@both
def test_a_person_adds_an_app_and_signs_in_with_it(cast, visit, tmp_path, place, locale):
    learner, width = getattr(cast, place).learner, 1280 if locale == "en" else 360
    visitor = visit(learner, locale=locale, width=width)
    visitor.allow_status(403)
    words, page = visitor.words, visitor.page
    learner.account.locale = locale
    learner.account.save(update_fields=["locale"])
    found = []
    visitor.open(SECURITY.format(slug=place))
    expect(visitor.heading(words("security:title"))).to_be_visible()
    expect(visitor.button("security:authenticator.add")).to_be_visible()
    found += violations(visitor, "security, empty")
    visitor.button("security:authenticator.add").click()
    found += violations(visitor, "name")
    visitor.button("security:proof.go_on").click()
    expect(page.get_by_role("img", name=words("security:authenticator.picture"))).to_be_visible()
    found += violations(visitor, "picture")
    assert visitor.overflow() <= 0
    visitor.photograph(tmp_path, f"picture-{width}")
    first_code(page, visitor)
    codes = page.get_by_role("list", name=words("security:recovery.title")).get_by_role("listitem")
    expect(codes).to_have_count(10)
    recovery = codes.first.inner_text().strip()
    found += violations(visitor, "codes")
    visitor.photograph(tmp_path, f"codes-{width}")
    with page.expect_download() as downloading:
        visitor.button("security:recovery.download").click()
    assert recovery in downloading.value.path().read_text()
    visitor.button("security:recovery.kept").click()
    expect(visitor.says("security:recovery.left", count=10)).to_be_visible()
    found += violations(visitor, "security, with an app")
    assert visitor.overflow() <= 0
    visitor.photograph(tmp_path, f"security-{width}")

    again = visit(locale=locale, width=width)
    again.allow_status(403)
    again.allow_status(400)
    sign_in(again, learner.account.email)
    expect(again.heading(words("security:second.title"))).to_be_visible()
    code = again.page.get_by_label(words("security:proof.authenticator"), exact=True)
    expect(code).to_be_visible()
    found += violations(again, "second factor")
    again.photograph(tmp_path, f"second-{width}")
    again.button("security:proof.instead.recovery_code").click()
    code = again.page.get_by_label(words("security:proof.recovery_code"), exact=True)
    code.fill("not a code")
    code.press("Enter")
    expect(again.page.get_by_role("alert")).to_contain_text(words("security:refusal.wrong_proof"))
    found += violations(again, "second factor, refused")
    code.fill(recovery)
    code.press("Enter")
    expect(again.page.get_by_role("button", name=words("account.label", name=learner.account.name))).to_be_visible()
    assert not found, "\n".join(found)


def test_a_passkey_signs_in_and_proves_once_more(cast, visit, tmp_path):
    learner = cast.harbour.learner
    visitor = visit()
    for status in (400, 403):
        visitor.allow_status(status)
    words, page, site = visitor.words, visitor.page, visitor.site
    with virtual_key(visitor):
        page.goto(f"{site.url}/sign-in?next=/a/harbour/settings/security")
        page.get_by_label(words("session.email"), exact=True).fill(learner.account.email)
        page.get_by_label(words("session.password"), exact=True).fill(DEMO_PASSWORD)
        visitor.button("session.sign_in").click()
        visitor.button("security:passkey.add").click()
        visitor.button("security:passkey.make").click()
        visitor.button("security:recovery.kept").click()
        expect(visitor.button("security:remove.of", name=words("security:passkey.default_name"))).to_be_visible()
        passkey = Passkey.objects.get()

        visitor.button("account.label", name="Lena Novak").click()
        visitor.button("session.sign_out").click()
        expect(visitor.heading(words("session.title"))).to_be_visible()
        page.get_by_label(words("session.email"), exact=True).fill(learner.account.email)
        page.get_by_label(words("session.password"), exact=True).fill(DEMO_PASSWORD)
        visitor.button("session.sign_in").click()
        visitor.button("security:proof.passkey").click()
        visitor.button("account.label", name="Lena Novak").wait_for()

        hours_later()
        page.goto(f"{site.url}/a/harbour/settings/security")
        visitor.button("security:rename.of", name=passkey.name).click()
        name = page.get_by_label(words("security:name.label"), exact=True)
        name.fill("Desk")
        name.press("Enter")
        visitor.button("security:remove.of", name="Desk").click()
        page.get_by_role("dialog").get_by_role("button", name=words("security:remove.button"), exact=True).click()
        dialog = page.get_by_role("dialog", name=words("security:step_up.title"))
        expect(dialog).to_be_visible()
        assert not violations(visitor, "step-up")
        visitor.photograph(tmp_path, "step-up")
        dialog.get_by_role("button", name=words("security:proof.passkey"), exact=True).click()
        expect(visitor.button("security:remove.of", name="Desk")).to_have_count(0)
    assert not Passkey.objects.exists()


def test_giving_up_the_proof_changes_nothing(cast, visit):
    visitor = visit(cast.harbour.learner)
    visitor.allow_status(403)
    hours_later()
    visitor.open(SECURITY.format(slug="harbour"))
    visitor.button("security:authenticator.add").click()
    visitor.button("security:proof.go_on").click()
    dialog = visitor.page.get_by_role("dialog", name=visitor.words("security:step_up.title"))
    expect(dialog).to_be_visible()
    visitor.press("Escape")
    expect(visitor.page.get_by_role("alert")).to_contain_text(visitor.words("security:refusal.step_up_required"))
    assert not TOTPDevice.objects.exists()


@both
def test_who_runs_an_academy_is_led_to_where_a_factor_is_added(cast, visit, place, locale):
    owner = getattr(cast, place).owner
    owner.account.locale = locale
    owner.account.save(update_fields=["locale"])
    visitor = visit(owner, locale=locale)
    # As the server answers where a second factor is enforced, which it is not for the other journeys.
    standing = {"authenticated": True, "second_factor": "must_enrol"}
    visitor.context.route("**/api/v1/session/", lambda route: route.fulfill(json=standing))
    visitor.open(f"/a/{place}/manage")
    expect(visitor.heading(visitor.words("security:title"))).to_be_visible()
    expect(visitor.says("security:required.title")).to_be_visible()
    assert not violations(visitor, "required")
