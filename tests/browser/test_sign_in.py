"""Signing in where it is guarded, the list of sessions, and an account elsewhere; in both languages."""

from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import expect

from config.demo import DEMO_PASSWORD
from tests.accounts.providers.server import CLIENT_ID, SECRET, Provider, running_provider
from tests.browser.accessibility import violations
from tests.browser.site import Site, running_site
from tests.browser.visitors import Visitor, Visitors

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The whole way is gone in both languages by test_account_whole.
english = pytest.mark.parametrize("locale", ["en"])
spanish = pytest.mark.parametrize("locale", ["es"])
SESSIONS = "/a/harbour/settings/sessions"
# The work may be over before anybody could look.
WATCH = """new MutationObserver(() => { window.seen ||= document.querySelector("progress") !== null; })
    .observe(document.body, { childList: true, subtree: true })"""


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        yield running


@pytest.fixture(scope="module")
def site(provider, django_db_setup, tmp_path_factory) -> Iterator[Site]:
    """A site of its own: guarded as in production."""
    with running_site(
        database=connection.settings_dict["NAME"],
        log=tmp_path_factory.mktemp("guarded") / "gunicorn.log",
        settings="tests.browser.guarded_settings",
        TEST_PROVIDER_URL=provider.url,
        GITHUB_CLIENT_ID=CLIENT_ID,
        GITHUB_CLIENT_SECRET=SECRET,
        GOOGLE_CLIENT_ID=CLIENT_ID,
        GOOGLE_CLIENT_SECRET=SECRET,
    ) as running:
        yield running


@pytest.fixture
def learner(cast, locale):
    """A learner who reads this language."""
    user = cast.harbour.learner.account
    user.locale = locale
    user.save()
    return cast.harbour.learner


def enter(visitor: Visitor, email: str, password: str = DEMO_PASSWORD) -> None:
    words, page = visitor.words, visitor.page
    page.get_by_label(words("session.email"), exact=True).fill(email)
    page.get_by_label(words("session.password"), exact=True).fill(password)
    visitor.button("session.sign_in").click()


def at_home(visitor: Visitor) -> None:
    expect(visitor.heading(visitor.words("home.title_name", name="Lena"))).to_be_visible()


@spanish
def test_one_browser_signs_the_other_out(visit: Visitors, learner, locale):
    laptop, phone = visit(locale=locale), visit(locale=locale, width=360, height=740)
    for visitor in (laptop, phone):
        visitor.open("/sign-in")
        enter(visitor, learner.account.email)
        at_home(visitor)

    laptop.open("/settings/sessions")
    words, page = laptop.words, laptop.page
    expect(laptop.heading(words("sessions:title"))).to_be_visible()
    expect(laptop.says("sessions:list.this")).to_have_count(1)
    found = violations(laptop, "sessions")
    phone.open(SESSIONS)
    expect(phone.says("sessions:list.this")).to_have_count(1)
    assert phone.overflow() <= 0
    found += violations(phone, "sessions, narrow")

    laptop.tab_to(laptop.button("sessions:list.end_others"))
    laptop.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    found += violations(laptop, "sign out everywhere else")
    page.get_by_role("dialog").get_by_role("button", name=words("sessions:list.end_others"), exact=True).click()
    expect(laptop.says("sessions:list.only_one")).to_be_visible()
    phone.open("/a/harbour")
    expect(phone.heading(phone.words("session.title"))).to_be_visible()

    enter(phone, learner.account.email)
    at_home(phone)
    page.reload()
    page.get_by_role("button", name=words("sessions:list.end"), exact=False).first.click()
    expect(laptop.says("sessions:list.only_one")).to_be_visible()
    phone.open("/a/harbour")
    expect(phone.heading(phone.words("session.title"))).to_be_visible()
    assert not found, "\n".join(found)


@english
def test_after_three_failures_the_browser_does_some_work(visit: Visitors, learner, locale):
    visitor = visit(locale=locale)
    visitor.allow_status(400)
    visitor.allow_status(403)
    visitor.open("/sign-in")
    for _ in range(3):
        enter(visitor, learner.account.email, "not the password")
        expect(visitor.says("session.wrong_words")).to_be_visible()
    visitor.page.evaluate(WATCH)
    enter(visitor, learner.account.email)
    at_home(visitor)
    assert visitor.page.evaluate("window.seen"), "nothing told the person what takes so long"


@english
def test_an_account_elsewhere_is_linked_and_signs_in(visit: Visitors, learner, locale):
    laptop = visit(learner, locale=locale)
    words, page = laptop.words, laptop.page
    laptop.open(SESSIONS)
    laptop.button("sessions:linked.link", provider="GitHub").click()
    expect(laptop.says("sessions:linked.as", name="lena")).to_be_visible()
    found = violations(laptop, "linked")

    phone = visit(locale=locale, width=360, height=740)
    phone.open("/sign-in")
    phone.button("sessions:provider.continue", provider="Google").click()
    expect(phone.heading(phone.words("sessions:provider.failed"))).to_be_visible()
    found += violations(phone, "refused at the provider")
    phone.link("sessions:provider.to_sign_in").click()
    expect(phone.button("sessions:provider.continue", provider="GitHub")).to_be_visible()
    found += violations(phone, "sign-in with providers")
    assert phone.overflow() <= 0
    phone.button("sessions:provider.continue", provider="GitHub").click()
    at_home(phone)

    page.reload()
    laptop.button("sessions:linked.unlink", provider="GitHub").click()
    expect(laptop.button("sessions:linked.link", provider="GitHub")).to_be_visible()
    expect(page.get_by_text(words("sessions:linked.as", name="lena"))).to_have_count(0)
    assert not found, "\n".join(found)
