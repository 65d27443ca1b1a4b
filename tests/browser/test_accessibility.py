"""Every page, light and dark, as axe-core sees it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.scenes import begun, handed_in, one_of_each
from tests.browser.sitting import go_on, go_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@schemes
def test_pages_of_a_learner(cast, visit, scheme):
    delivery = one_of_each(cast.harbour.academy)
    learner = cast.harbour.learner
    done = handed_in(delivery, learner.membership, wrong=3)
    stranger, visitor = visit(scheme=scheme), visit(learner, scheme=scheme)
    words, page = visitor.words, visitor.page
    found = []

    stranger.open("/sign-in")
    expect(stranger.heading(words("session.title"))).to_be_visible()
    found += violations(stranger, "sign-in")
    stranger.button("session.sign_in").click()
    expect(stranger.page.get_by_text(words("session.email_missing"))).to_be_visible()
    found += violations(stranger, "sign-in, incomplete")

    visitor.open("/a/harbour")
    expect(visitor.link("exam.look_of", title=delivery.title)).to_be_visible()
    found += violations(visitor, "home")
    visitor.button("account.label", name="Lena Novak").click()
    expect(page.get_by_role("group", name=words("account.title"))).to_be_visible()
    found += violations(visitor, "account")
    visitor.press("Escape")

    visitor.link("exam.look_of", title=delivery.title).click()
    expect(page.get_by_text(words("check.storage_good"))).to_be_visible()
    found += violations(visitor, "instructions")

    visitor.open("/a/harbour/history")
    expect(page.get_by_role("link", name=delivery.title)).to_be_visible()
    found += violations(visitor, "history")
    page.get_by_role("link", name=delivery.title).click()
    expect(visitor.link("result.next.review")).to_be_visible()
    found += violations(visitor, "result")
    open_tables(page)
    found += violations(visitor, "result, with tables")

    visitor.open(f"/a/harbour/attempts/{done.pk}/review?show=all")
    for position in range(1, 9):
        heading = page.get_by_role("heading", level=2, name=words("sitting.question", number=position), exact=True)
        expect(heading).to_be_visible()
        found += violations(visitor, f"review {position}")
        if position < 8:
            visitor.press("Alt+n")

    visitor.open("/a/harbour/settings/profile")
    expect(visitor.heading(words("profile.title"))).to_be_visible()
    found += violations(visitor, "profile")
    visitor.open("/a/harbour/nowhere")
    expect(visitor.heading(words("not_found.title"))).to_be_visible()
    found += violations(visitor, "not found")
    assert not found, "\n".join(found)


@schemes
def test_a_sitting(cast, visit, scheme):
    attempt = begun(one_of_each(cast.harbour.academy), cast.harbour.learner.membership, answered=5)
    visitor = visit(cast.harbour.learner, scheme=scheme)
    page = visitor.page
    found = []
    visitor.open(f"/a/harbour/attempts/{attempt.pk}")
    expect(page.get_by_role("timer")).to_be_visible()
    go_to(visitor, 1)
    for position in range(1, 9):
        found += violations(visitor, f"question {position}")
        if position < 8:
            go_on(visitor, to=position + 1)
    for name, opener in {
        "all questions": visitor.button("sitting.position", number=8, count=8),
        "help": visitor.button("sitting.help"),
        "display": visitor.button("sitting.display"),
        "hand in": visitor.button("sitting.submit"),
    }.items():
        opener.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found += violations(visitor, name)
        visitor.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    visitor.button("sitting.submit").click()
    page.get_by_role("dialog").get_by_role("button", name=visitor.words("submit.confirm"), exact=True).click()
    expect(visitor.heading(visitor.words("ended.submitted"))).to_be_focused()
    found += violations(visitor, "handed in")
    assert not found, "\n".join(found)


@schemes
def test_pages_of_an_instructor(cast, visit, scheme):
    delivery = one_of_each(cast.harbour.academy)
    handed_in(delivery, cast.harbour.learner.membership, wrong=2)
    running = begun(delivery, cast.harbour.other_learner.membership, answered=3)
    visitor = visit(cast.harbour.instructor, scheme=scheme)
    words, page = visitor.words, visitor.page
    found = []

    visitor.open("/a/harbour")
    expect(visitor.link("home.go_deliveries")).to_be_visible()
    found += violations(visitor, "home")
    visitor.open("/a/harbour/manage")
    expect(page.get_by_role("link", name=delivery.title)).to_be_visible()
    found += violations(visitor, "deliveries")
    visitor.open("/a/harbour/manage/deliveries/new")
    expect(page.get_by_label(words("manage:form.title"), exact=True)).to_be_visible()
    visitor.button("manage:deliveries.create").click()
    expect(page.get_by_text(words("manage:issue.title_missing"))).to_be_visible()
    found += violations(visitor, "new delivery")

    visitor.open(f"/a/harbour/manage/deliveries/{delivery.pk}/live")
    page.get_by_role("button", name=words("manage:grant.of", name="Luis Ferreira"), exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += violations(visitor, "grant time")
    visitor.press("Escape")
    found += violations(visitor, "live")
    page.get_by_role("link", name=words("manage:delivery.tab.results"), exact=True).click()
    expect(visitor.button("manage:results.export")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Lena Novak")).to_be_visible()
    open_tables(page)
    found += violations(visitor, "results")
    for tab, sign in {"settings": "manage:form.title", "accommodations": "manage:accommodation.none"}.items():
        page.get_by_role("link", name=words(f"manage:delivery.tab.{tab}"), exact=True).click()
        expect(page.get_by_text(words(sign), exact=True)).to_be_visible()
        found += violations(visitor, tab)
    visitor.open(f"/a/harbour/manage/deliveries/{delivery.pk}/attempts/{running.pk}")
    expect(page.get_by_text(words("manage:timeline.intact"))).to_be_visible()
    found += violations(visitor, "timeline")
    assert not found, "\n".join(found)


def open_tables(page: Page) -> None:
    """Unfold what stands behind charts."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")


def test_the_check_itself_finds_what_is_wrong(visit):
    visitor = visit()
    visitor.open("/sign-in")
    expect(visitor.heading(visitor.words("session.title"))).to_be_visible()
    visitor.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [line.split(" ")[1] for line in violations(visitor, "sign-in")] == ["image-alt"]
