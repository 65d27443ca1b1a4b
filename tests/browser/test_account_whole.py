"""One person's whole way, in both languages: sign up, verify, first steps, second factor, sign out, reset, sessions."""

import pytest
from django.core.management import call_command
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from tests.accounts.factors.devices import code_of
from tests.accounts.identity.mailbox import last_letter
from tests.browser.test_accounts import ADDRESS, PASSWORD, fill, look, page_of_letter
from tests.browser.visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW_PASSWORD = "another-quiet-orchard"
STEPS = ("about", "skills", "goals", "needs")


@pytest.fixture(autouse=True)
def legal_texts(cast):
    """What is accepted with an account."""
    call_command("load_legal_texts")


@pytest.mark.parametrize("locale", ["en", "es"])
def test_from_sign_up_to_the_list_of_sessions(cast, visit, locale):
    visitor = visit(locale=locale)
    # Where a factor is asked for, and where a code is wrong.
    for status in (400, 403):
        visitor.allow_status(status)
    found = [
        *signs_up_and_verifies(visitor),
        *takes_the_first_steps(visitor),
        *adds_a_factor(visitor),
        *signs_out(visitor),
        *resets_the_password(visitor),
        *signs_in_with_both(visitor),
        *sees_one_session(visitor),
    ]
    assert not found, "\n".join(found)


def signs_up_and_verifies(visitor: Visitor) -> list[str]:
    visitor.open("/sign-up")
    expect(visitor.heading(visitor.words("account:sign_up.title"))).to_be_visible()
    found = look(visitor, "sign-up")
    for name, text in (("name", "Nadia Costa"), ("email", ADDRESS), ("password", PASSWORD)):
        fill(visitor, name, text)
    visitor.press("Enter")
    expect(visitor.heading(visitor.words("account:verify.title"))).to_be_visible()
    found += look(visitor, "verify")
    fill(visitor, "code", last_letter(ADDRESS)["code"])
    visitor.press("Enter")
    expect(visitor.heading(visitor.words("home.title_name", name="Nadia"))).to_be_visible()
    return found + look(visitor, "home")


def takes_the_first_steps(visitor: Visitor) -> list[str]:
    words, page, found = visitor.words, visitor.page, []
    visitor.link("onboarding:card.go").click()
    for step in STEPS:
        expect(page.get_by_role("heading", level=2, name=words(f"onboarding:step.{step}"))).to_be_visible()
        found += look(visitor, step)
        visitor.button(f"onboarding:page.{'skip' if step == 'skills' else 'next'}").click()
    expect(visitor.says("onboarding:page.done")).to_be_visible()
    return found + look(visitor, "first steps, done")


def adds_a_factor(visitor: Visitor) -> list[str]:
    words, page = visitor.words, visitor.page
    visitor.open("/settings/security")
    visitor.button("security:authenticator.add").click()
    visitor.button("security:proof.go_on").click()
    field = page.get_by_label(words("security:authenticator.first_code"), exact=True)
    expect(field).to_be_visible()
    found = look(visitor, "picture")
    # The code of half a minute ago, so that signing in has another one.
    field.fill(code_of(TOTPDevice.objects.get(confirmed=False), steps=-1))
    field.press("Enter")
    expect(page.get_by_role("list", name=words("security:recovery.title")).get_by_role("listitem")).to_have_count(10)
    found += look(visitor, "recovery codes")
    visitor.button("security:recovery.kept").click()
    expect(visitor.says("security:recovery.left", count=10)).to_be_visible()
    return found


def signs_out(visitor: Visitor) -> list[str]:
    visitor.button("account.label", name="Nadia Costa").click()
    visitor.button("session.sign_out").click()
    expect(visitor.heading(visitor.words("session.title"))).to_be_visible()
    return look(visitor, "sign-in")


def resets_the_password(visitor: Visitor) -> list[str]:
    words = visitor.words
    visitor.link("session.forgot").click()
    expect(visitor.heading(words("account:forgot.title"))).to_be_visible()
    fill(visitor, "email", ADDRESS)
    visitor.press("Enter")
    expect(visitor.heading(words("account:forgot.sent_title"))).to_be_visible()
    visitor.open(page_of_letter(ADDRESS))
    found = look(visitor, "reset")
    fill(visitor, "password", NEW_PASSWORD)
    visitor.press("Enter")
    expect(visitor.heading(words("account:reset.done_title"))).to_be_visible()
    return found


def signs_in_with_both(visitor: Visitor) -> list[str]:
    words, page = visitor.words, visitor.page
    visitor.link("account:action.sign_in").click()
    page.get_by_label(words("session.email"), exact=True).fill(ADDRESS)
    page.get_by_label(words("session.password"), exact=True).fill(NEW_PASSWORD)
    visitor.button("session.sign_in").click()
    expect(visitor.heading(words("security:second.title"))).to_be_visible()
    found = look(visitor, "second factor")
    code = page.get_by_label(words("security:proof.authenticator"), exact=True)
    code.fill(code_of(TOTPDevice.objects.get(confirmed=True)))
    code.press("Enter")
    expect(visitor.heading(words("home.title_name", name="Nadia"))).to_be_visible()
    return found


def sees_one_session(visitor: Visitor) -> list[str]:
    visitor.open("/settings/sessions")
    expect(visitor.heading(visitor.words("sessions:title"))).to_be_visible()
    # The reset ended the one before.
    expect(visitor.says("sessions:list.only_one")).to_be_visible()
    expect(visitor.says("sessions:list.this")).to_have_count(1)
    return look(visitor, "sessions")
