"""Where the focus is, and that it can be seen: after moving between pages, in dialogs and past the navigation."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.scenes import begun, handed_in, one_of_each
from tests.browser.sitting import question
from tests.browser.visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# An option is outlined as a whole, with its words.
IS_VISIBLE = """element => element.matches(":focus-visible") && [element, element.closest("li")].some(each => {
    const style = each && getComputedStyle(each);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
})"""


def test_the_skip_link_leads_past_the_navigation(cast, visit):
    delivery = one_of_each(cast.harbour.academy)
    visitor = visit(cast.harbour.learner)
    visitor.open("/a/harbour")
    expect(visitor.link("exam.look_of", title=delivery.title)).to_be_visible()
    visitor.press("Tab")
    skip = visitor.link("nav.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    visitor.press("Enter", "Tab")
    assert visitor.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_heading_has_the_focus_after_moving(cast, visit):
    delivery = one_of_each(cast.harbour.academy)
    visitor = visit(cast.harbour.learner)
    words = visitor.words
    visitor.open("/a/harbour")
    visitor.link("nav.progress").click()
    expect(visitor.heading(words("progress:title"))).to_be_focused()
    visitor.link("nav.history").click()
    expect(visitor.heading(words("history.title"))).to_be_focused()
    assert visitor.page.title().startswith(words("history.title"))
    visitor.link("nav.home").click()
    expect(visitor.heading(words("home.title_name", name="Lena"))).to_be_focused()
    visitor.link("exam.look_of", title=delivery.title).click()
    expect(visitor.heading(delivery.title)).to_be_focused()
    visitor.page.go_back()
    expect(visitor.heading(words("home.title_name", name="Lena"))).to_be_focused()


def test_every_control_shows_that_it_has_the_focus(cast, visit):
    delivery = one_of_each(cast.harbour.academy)
    handed_in(delivery, cast.harbour.learner.membership)
    attempt = begun(delivery, cast.harbour.learner.membership)
    visitor = visit(cast.harbour.learner)
    for path, sign in {
        "/a/harbour": visitor.link("exam.continue_of", title=delivery.title),
        "/a/harbour/history": visitor.page.get_by_role("link", name=delivery.title).first,
        f"/a/harbour/attempts/{attempt.pk}": question(visitor, 1),
    }.items():
        visitor.open(path)
        expect(sign).to_be_visible()
        tour(visitor)


def tour(visitor: Visitor) -> None:
    """Tab through the whole page once."""
    seen: list[str] = []
    for _ in range(80):
        visitor.press("Tab")
        focused = visitor.page.locator("*:focus")
        if focused.count() == 0:
            break
        name = focused.evaluate("element => element.outerHTML.slice(0, 200)")
        if name in seen[:1]:
            break
        seen.append(name)
        assert focused.evaluate(IS_VISIBLE), name
    assert len(seen) > 5


def test_escape_closes_dialogs_and_gives_the_focus_back(cast, visit):
    attempt = begun(one_of_each(cast.harbour.academy), cast.harbour.learner.membership)
    visitor = visit(cast.harbour.learner)
    visitor.open(f"/a/harbour/attempts/{attempt.pk}")
    expect(question(visitor, 1)).to_be_visible()
    for opener in (
        visitor.button("sitting.display"),
        visitor.button("sitting.help"),
        visitor.button("sitting.submit"),
        visitor.button("sitting.position", number=1, count=8),
    ):
        closes_with_escape(visitor, opener)


def test_the_account_menu_closes_with_escape(cast, visit):
    visitor = visit(cast.harbour.learner)
    visitor.open("/a/harbour")
    opener = visitor.button("account.label", name="Lena Novak")
    menu = visitor.page.get_by_role("group", name=visitor.words("account.title"))
    visitor.tab_to(opener)
    visitor.press("Enter")
    expect(menu).to_be_visible()
    visitor.press("Tab")
    expect(visitor.link("nav.settings")).to_be_focused()
    visitor.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()


def closes_with_escape(visitor: Visitor, opener: Locator) -> None:
    dialog = visitor.page.get_by_role("dialog")
    visitor.tab_to(opener)
    visitor.press("Enter")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    # What lies behind cannot be reached.
    for _ in range(12):
        visitor.press("Tab")
        assert visitor.page.evaluate(
            "[document.body, document.documentElement].includes(document.activeElement)"
            " || document.querySelector('dialog[open]').contains(document.activeElement)"
        )
    visitor.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
