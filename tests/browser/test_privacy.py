"""What people tell, take along and have erased: the first steps, the export, the erasure, the legal texts."""

import io
import json
import zipfile

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Consent, DataExport, Erasure, LegalDocument, Profile
from accounts.privacy.documents import load_texts, publish
from accounts.privacy.exports import make_due_exports
from tests.browser.accessibility import violations
from tests.browser.scenes import begun, one_of_each
from tests.browser.visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

languages = pytest.mark.parametrize(
    ("locale", "width"), [("en", 1280), ("es", 360)], ids=["english and wide", "spanish and narrow"]
)


def is_fine(visitor: Visitor, place: str) -> None:
    """Nothing for axe to say, and nobody has to scroll sideways."""
    assert violations(visitor, place) == []
    assert visitor.overflow() <= 0, place


def speaker(cast, locale: str):
    """A learner who reads this language."""
    learner = cast.harbour.learner
    learner.account.locale = locale
    learner.account.save(update_fields=["locale"])
    return learner


@languages
def test_first_steps_are_skipped_and_gone_on_with_on_another_device(cast, visit, locale, width):
    learner = speaker(cast, locale)
    laptop = visit(learner, locale=locale, width=width)
    words, page = laptop.words, laptop.page
    laptop.open("/a/harbour")
    laptop.link("onboarding:card.go").click()
    expect(laptop.heading(words("onboarding:page.title"))).to_be_visible()
    is_fine(laptop, "about")
    page.get_by_label(words("profile.name"), exact=True).fill("Lena N.")
    laptop.button("onboarding:page.next").click()
    expect(page.get_by_role("heading", level=2, name=words("onboarding:step.skills"))).to_be_focused()
    is_fine(laptop, "skills")
    laptop.button("onboarding:page.skip").click()
    expect(page.get_by_role("heading", level=2, name=words("onboarding:step.goals"))).to_be_focused()
    is_fine(laptop, "goals")

    phone = visit(learner, locale=locale, width=360, height=740)
    page = phone.page
    phone.open("/a/harbour/onboarding")
    expect(page.get_by_role("heading", level=2, name=words("onboarding:step.goals"))).to_be_visible()
    page.get_by_label(words("onboarding:fields.target_exam"), exact=True).fill("Security Foundations")
    phone.button("onboarding:page.next").click()
    expect(page.get_by_role("heading", level=2, name=words("onboarding:step.needs"))).to_be_focused()
    page.get_by_label(words("onboarding:fields.text_size"), exact=True).select_option("3")
    # At once, and before anything is saved.
    expect(page.locator("html")).to_have_css("font-size", "20px")
    page.get_by_role("switch", name=words("onboarding:fields.reduced_motion")).click()
    expect(page.locator("html")).to_have_attribute("data-motion", "reduced")
    is_fine(phone, "needs")
    phone.button("onboarding:page.next").click()
    expect(page.get_by_text(words("onboarding:page.done"), exact=True)).to_be_visible()
    is_fine(phone, "done")
    phone.link("onboarding:page.home").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(phone.link("onboarding:card.go")).to_have_count(0)

    profile = Profile.objects.get(user=learner.account)
    assert profile.steps == {"about": "done", "skills": "skipped", "goals": "done", "needs": "done"}
    assert (profile.target_exam, profile.text_size, profile.reduced_motion) == ("Security Foundations", 3, True)
    laptop.open("/a/harbour")
    expect(laptop.page.locator("html")).to_have_css("font-size", "20px")


def test_a_sitting_starts_from_the_sizes_of_the_profile(cast, visit):
    learner = cast.harbour.learner
    Profile.objects.create(user=learner.account, text_size=3, high_contrast=True)
    attempt = begun(one_of_each(cast.harbour.academy), learner.membership, answered=1)
    visitor = visit(learner)
    visitor.open("/a/harbour")
    expect(visitor.page.locator("html")).to_have_css("font-size", "20px")
    visitor.open(f"/a/harbour/attempts/{attempt.pk}")
    expect(visitor.page.locator("[data-size='3']").first).to_be_visible()
    expect(visitor.page.locator("html")).to_have_css("font-size", "16px")
    expect(visitor.page.locator("html")).to_have_attribute("data-contrast", "high")


@languages
def test_a_person_takes_their_data_along(cast, visit, locale, width):
    learner = speaker(cast, locale)
    visitor = visit(learner, locale=locale, width=width)
    page = visitor.page
    visitor.open("/settings/privacy")
    expect(visitor.heading(visitor.words("privacy:page.title"))).to_be_visible()
    visitor.button("privacy:export.ask").click()
    expect(visitor.says("privacy:export.state.queued")).to_be_visible()
    expect(visitor.button("privacy:export.ask")).to_be_disabled()
    assert make_due_exports(now=timezone.now()) == 1
    expect(visitor.says("privacy:export.state.ready")).to_be_visible()
    is_fine(visitor, "privacy")
    with page.expect_download() as downloading:
        page.locator("a[download]").click()
    content = downloading.value.path().read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert json.loads(archive.read("account.json"))[0]["email"] == learner.account.email
        assert archive.testzip() is None
    assert DataExport.objects.get().size == len(content)


@languages
def test_an_erasure_is_asked_for_and_cancelled(cast, visit, locale, width):
    learner = speaker(cast, locale)
    visitor = visit(learner, locale=locale, width=width)
    words, page = visitor.words, visitor.page
    visitor.open("/a/harbour/settings/privacy")
    visitor.button("privacy:erasure.ask").click()
    dialog = page.get_by_role("dialog", name=words("privacy:erasure.confirm_title"))
    expect(dialog).to_be_visible()
    is_fine(visitor, "are you sure")
    dialog.get_by_role("button", name=words("privacy:erasure.confirm"), exact=True).click()
    expect(visitor.heading(words("session.title"))).to_be_visible()
    assert Erasure.objects.get().state == "waiting"

    page.get_by_label(words("session.email"), exact=True).fill(learner.account.email)
    page.get_by_label(words("session.password"), exact=True).fill("evening-tide-at-harbour")
    visitor.button("session.sign_in").click()
    expect(visitor.heading(words("privacy:pending.title"))).to_be_visible()
    is_fine(visitor, "waiting")
    visitor.button("privacy:pending.cancel").click()
    expect(visitor.heading(words("privacy:page.title"))).to_be_visible()
    assert Erasure.objects.get().state == "cancelled"


@languages
def test_legal_texts_are_open_and_optional_cookies_are_off(cast, visit, locale, width):
    load_texts(now=timezone.now())
    visitor = visit(locale=locale, width=width)
    for kind in ("privacy", "terms", "cookies"):
        visitor.open(f"/{kind}")
        expect(visitor.page.get_by_role("heading", level=2).first).to_be_visible()
        title = LegalDocument.objects.get(kind=kind, locale=locale).title
        expect(visitor.heading(title)).to_be_visible()
        is_fine(visitor, kind)
    names = {cookie["name"] for cookie in visitor.context.cookies()}
    assert names <= {"csrftoken", "sessionid"}
    choice = visitor.page.get_by_role("switch", name=visitor.words("privacy:cookies.statistics"))
    expect(choice).not_to_be_checked()
    choice.click()
    visitor.page.reload()
    expect(choice).to_be_checked()


@languages
def test_new_terms_are_asked_about_before_anything_else(cast, visit, locale, width):
    learner = speaker(cast, locale)
    draft = LegalDocument(kind="terms", locale="en", title="Terms", body="Be kind.", needs_acceptance=True)
    draft.save()
    publish(document=draft, actor=None, now=timezone.now())
    attempt = begun(one_of_each(cast.harbour.academy), learner.membership, answered=1)

    visitor = visit(learner, locale=locale, width=width)
    page = visitor.page
    visitor.open(f"/a/harbour/attempts/{attempt.pk}")
    expect(page.get_by_role("timer")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    visitor.open("/a/harbour")
    gate = page.get_by_role("dialog", name=visitor.words("privacy:gate.title"))
    expect(gate.get_by_text("Be kind.")).to_be_visible()
    visitor.press("Escape", "Escape")
    expect(gate).to_be_visible()
    is_fine(visitor, "terms")
    gate.get_by_role("button", name=visitor.words("privacy:gate.accept"), exact=True).click()
    expect(gate).to_be_hidden()
    assert Consent.objects.get().document == draft
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(gate).to_have_count(0)
