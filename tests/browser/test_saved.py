"""What learners keep: the tools below a question, and the page where it is found again."""

import pytest
from playwright.sync_api import expect

from exams.practice.reports.models import ItemReport
from exams.practice.saved.models import Bookmark, Note
from tests.browser.accessibility import violations
from tests.factories.exams import make_bank, make_delivery, make_form_of, make_item, sit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def reviewed(cast):
    """An attempt at two questions that may be kept, open for review."""
    bank = make_bank(cast.harbour.academy, slug="security", is_open_to_practice=True)
    form = make_form_of([make_item(bank, "S-1"), make_item(bank, "S-2")])
    return sit(make_delivery(form), cast.harbour.learner.membership, {1: {"choice": "a"}, 2: {"choice": "b"}})


@pytest.mark.parametrize(
    ("locale", "width", "scheme"),
    [("en", 1280, "light"), ("es", 360, "dark")],
    ids=["english, wide and light", "spanish, narrow and dark"],
)
def test_a_question_is_kept_reported_and_found_again(cast, visit, tmp_path, locale, width, scheme):
    attempt = reviewed(cast)
    learner = cast.harbour.learner
    learner.account.locale = locale
    learner.account.save(update_fields=["locale"])
    visitor = visit(learner, locale=locale, width=width, scheme=scheme)
    words, page = visitor.words, visitor.page

    def is_fine(place: str) -> None:
        visitor.photograph(tmp_path, place.replace(" ", "-"))
        assert violations(visitor, place) == []
        assert visitor.overflow() <= 0, place

    visitor.open(f"/a/harbour/attempts/{attempt.pk}/review?show=all")
    bookmark = visitor.button("saved:tools.bookmark")
    expect(bookmark).to_have_attribute("aria-pressed", "false")
    visitor.tab_to(bookmark)
    visitor.press("Enter")
    expect(bookmark).to_have_attribute("aria-pressed", "true")
    visitor.button("saved:tools.tags").click()
    expect(page.get_by_label(words("saved:tags.label"))).to_be_focused()
    page.keyboard.type("due soon, IAM")
    is_fine("tags")
    visitor.press("Enter")
    expect(page.get_by_text("due soon", exact=True)).to_be_visible()
    visitor.button("saved:tools.add_note").click()
    page.get_by_label(words("saved:note.label")).fill("Ask about keys.")
    visitor.button("saved:action.save").click()
    expect(page.get_by_text("Ask about keys.", exact=True)).to_be_visible()

    visitor.button("saved:tools.report").click()
    dialog = page.get_by_role("dialog")
    visitor.button("saved:report.send").click()
    expect(dialog.get_by_text(words("saved:report.reason_missing"))).to_be_visible()
    is_fine("report")
    dialog.get_by_label(words("saved:reason.other"), exact=True).check()
    dialog.get_by_label(words("saved:report.comment_needed")).fill("It is b.")
    visitor.button("saved:report.send").click()
    expect(page.get_by_text(words("saved:tools.reported"), exact=True)).to_be_visible()
    is_fine("review")

    bookmark.click()
    expect(bookmark).to_have_attribute("aria-pressed", "false")
    visitor.button("saved:action.undo").click()
    expect(page.get_by_text("due soon", exact=True)).to_be_visible()

    visitor.open("/a/harbour/saved")
    expect(visitor.heading(words("saved:title"))).to_be_visible()
    expect(page.get_by_text("What does S-1 ask?")).to_be_visible()
    is_fine("bookmarks")
    page.get_by_role("link", name="IAM (1)").click()
    page.wait_for_url("**/saved?tag=IAM")
    page.get_by_label(words("saved:search.bookmarks")).fill("nothing like it")
    expect(visitor.says("saved:nothing_found")).to_be_visible()
    is_fine("nothing found")
    visitor.link("saved:show_all").click()
    visitor.button("saved:remove_bookmark").click()
    undo = visitor.button("saved:action.undo")
    expect(undo).to_be_focused()
    undo.click()
    expect(visitor.button("saved:remove_bookmark")).to_be_focused()
    expect(visitor.link("saved:study_these")).to_have_attribute("href", "/a/harbour/practice?only=bookmarked")

    visitor.link("saved:tab.notes").click()
    expect(page.get_by_text("Ask about keys.")).to_be_visible()
    is_fine("notes")
    visitor.link("saved:tab.reports").click()
    expect(visitor.says("saved:report_state.open")).to_be_visible()
    is_fine("reports")

    assert Bookmark.objects.get().tags == ["due soon", "IAM"]
    assert Note.objects.get().text == "Ask about keys."
    assert ItemReport.objects.get().comment == "It is b."


def test_who_keeps_nothing_is_told_how(cast, visit):
    visitor = visit(cast.harbour.learner)
    for place, title in (("", "no_bookmarks"), ("/notes", "no_notes"), ("/reports", "no_reports")):
        visitor.open(f"/a/harbour/saved{place}")
        expect(visitor.says(f"saved:{title}")).to_be_visible()
        assert violations(visitor, title) == []
