"""On the way into an account, in both languages: sign up, verify, forget the password, be invited."""

from urllib.parse import urlparse

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.accounts.identity.mailbox import last_letter
from tests.browser.accessibility import violations
from tests.browser.test_small_and_spanish import PHONE, fits
from tests.browser.visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "nadia@example.org"
PASSWORD = "quiet-orchard-at-noon"
# The whole way is gone in both languages by test_account_whole.
english = pytest.mark.parametrize("locale", ["en"])
spanish = pytest.mark.parametrize("locale", ["es"])


@pytest.fixture(autouse=True)
def legal_texts(cast):
    """What is accepted with an account."""
    call_command("load_legal_texts")


@spanish
def test_sign_up_verify_forget_and_reset(cast, visit, locale):
    visitor, found = visit(locale=locale, **PHONE), []
    words, page = visitor.words, visitor.page
    visitor.allow_status(400)

    visitor.open("/sign-in")
    visitor.link("session.sign_up").click()
    expect(visitor.heading(words("account:sign_up.title"))).to_be_focused()
    found += look(visitor, "sign-up")
    visitor.button("account:sign_up.submit").click()
    expect(visitor.says("account:missing.name")).to_be_visible()
    found += look(visitor, "sign-up, incomplete")
    fill(visitor, "name", "Nadia Costa")
    fill(visitor, "email", ADDRESS)
    fill(visitor, "password", "nadia@example")
    expect(visitor.says("account:strength.repeats")).to_be_visible()
    visitor.press("Enter")
    expect(visitor.says("account:error.password_too_similar")).to_be_visible()
    fill(visitor, "password", PASSWORD)
    expect(visitor.says("account:strength.good")).to_be_visible()
    visitor.press("Enter")

    expect(visitor.heading(words("account:verify.title"))).to_be_visible()
    expect(visitor.says("account:verify.lead_email", email=ADDRESS)).to_be_visible()
    found += look(visitor, "verify")
    fill(visitor, "code", "AAAAAA")
    visitor.press("Enter")
    expect(visitor.says("account:error.incorrect_code")).to_be_visible()
    found += look(visitor, "verify, wrong")
    fill(visitor, "code", f" {last_letter(ADDRESS)['code'].lower()}")
    visitor.press("Enter")
    expect(visitor.heading(words("home.title_name", name="Nadia"))).to_be_visible()

    elsewhere = visit(locale=locale)
    elsewhere.open("/sign-in")
    elsewhere.link("session.forgot").click()
    expect(elsewhere.heading(words("account:forgot.title"))).to_be_focused()
    found += look(elsewhere, "forgot")
    fill(elsewhere, "email", ADDRESS)
    elsewhere.press("Enter")
    expect(elsewhere.heading(words("account:forgot.sent_title"))).to_be_visible()
    found += look(elsewhere, "forgot, sent")
    elsewhere.open(page_of_letter(ADDRESS))
    found += look(elsewhere, "reset")
    fill(elsewhere, "password", "another-quiet-orchard")
    elsewhere.press("Enter")
    expect(elsewhere.heading(words("account:reset.done_title"))).to_be_visible()
    elsewhere.link("account:action.sign_in").click()
    expect(elsewhere.heading(words("session.title"))).to_be_visible()
    visitor.open("/")
    expect(visitor.heading(words("session.title"))).to_be_visible()
    assert page.url.endswith("/sign-in")
    assert not found, "\n".join(found)


@english
def test_the_link_of_the_letter_in_another_browser(cast, visit, locale):
    here, elsewhere = visit(locale=locale), visit(locale=locale, **PHONE)
    here.open("/sign-up")
    fill(here, "name", "Nadia Costa")
    fill(here, "email", ADDRESS)
    fill(here, "password", PASSWORD)
    here.press("Enter")
    expect(here.heading(here.words("account:verify.title"))).to_be_visible()
    code = last_letter(ADDRESS)["code"]

    elsewhere.open(page_of_letter(ADDRESS))
    expect(elsewhere.heading(elsewhere.words("account:link.title"))).to_be_visible()
    found = look(elsewhere, "link")
    elsewhere.button("account:link.submit").click()
    expect(elsewhere.heading(elsewhere.words("account:link.done_title"))).to_be_visible()
    found += look(elsewhere, "link, done")

    fill(here, "code", code)
    here.press("Enter")
    expect(here.heading(here.words("home.title_name", name="Nadia"))).to_be_visible()
    assert not found, "\n".join(found)


def test_a_made_up_link(cast, visit):
    visitor = visit()
    visitor.allow_status(404)
    visitor.allow_status(400)
    visitor.open("/verify/made:up:key")
    visitor.button("account:link.submit").click()
    expect(visitor.says("account:link.not_valid")).to_be_visible()
    visitor.open("/reset/made-up")
    fill(visitor, "password", PASSWORD)
    visitor.press("Enter")
    expect(visitor.says("account:error.invalid_password_reset")).to_be_visible()
    visitor.open("/invitation/made-up")
    expect(visitor.heading(visitor.words("account:invitation.gone_title"))).to_be_visible()


@spanish
def test_a_manager_invites_and_somebody_joins(cast, visit, locale):
    manager, invited = visit(cast.meridian.manager, locale=locale), visit(locale=locale)
    words, page = invited.words, manager.page
    manager.open("/a/meridian/manage/people")
    # The manager's own language, whatever the browser's.
    spoken = type(words)("es")
    expect(page.get_by_role("heading", level=1, name=spoken("manage:people.title"), exact=True)).to_be_visible()
    expect(page.get_by_role("table", name=spoken("manage:people.members"))).to_be_visible()
    found = look(manager, "people")
    page.get_by_role("button", name=spoken("manage:people.invite"), exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(spoken("manage:people.column.address"), exact=True).fill(ADDRESS)
    dialog.get_by_label(spoken("manage:people.column.role"), exact=True).select_option("instructor")
    found += look(manager, "invite")
    manager.press("Enter")
    expect(page.get_by_role("table", name=spoken("manage:people.invitations"))).to_contain_text(ADDRESS)
    found += look(manager, "people, with an invitation")

    invited.open(page_of_letter(ADDRESS))
    expect(invited.heading(words("account:invitation.title"))).to_be_visible()
    found += look(invited, "invitation")
    invited.link("account:invitation.sign_up").click()
    expect(invited.page.get_by_label(words("account:field.email"), exact=True)).to_have_value(ADDRESS)
    fill(invited, "name", "Nadia Costa")
    fill(invited, "password", PASSWORD)
    invited.press("Enter")
    expect(invited.heading(words("home.title_name", name="Nadia"))).to_be_visible()
    assert invited.page.url.endswith("/a/meridian")
    assert not found, "\n".join(found)


def fill(visitor: Visitor, name: str, text: str) -> None:
    """Write into a field by its name."""
    visitor.page.locator(f"input[name={name}]").fill(text)


def page_of_letter(address: str) -> str:
    """The page that the newest letter to this address leads to."""
    return urlparse(last_letter(address)["link"]).path


def look(visitor: Visitor, place: str) -> list[str]:
    """What axe finds; and nobody has to scroll sideways."""
    fits(visitor)
    return violations(visitor, place)
