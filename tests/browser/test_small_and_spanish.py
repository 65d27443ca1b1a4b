"""The journey once more, shortened: in Spanish, and on the screen of a phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from exams.delivery.models import Attempt
from tests.browser.scenes import TITLE, begun, handed_in, one_of_each
from tests.browser.sitting import answer_with_keys, go_on, go_to, is_saved
from tests.browser.visitors import Visitor
from tests.factories.exams import right_answers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, PHONE], ids=["wide", "narrow"])
def test_learner_sits_an_exam_in_spanish(cast, visit, size):
    learner = cast.meridian.learner
    delivery = one_of_each(cast.meridian.academy, closes_at=timezone.now() + timedelta(days=2))
    answers = right_answers(delivery.form)
    visitor = visit(locale="es", **size)
    words, page = visitor.words, visitor.page

    visitor.open("/")
    expect(visitor.heading(words("session.title"))).to_be_visible()
    fits(visitor)
    page.get_by_label(words("session.email"), exact=True).fill(learner.account.email)
    page.get_by_label(words("session.password"), exact=True).fill("evening-tide-at-harbour")
    visitor.button("session.sign_in").click()
    expect(visitor.heading(words("home.title_name", name="Leo"))).to_be_focused()
    assert page.locator("html").get_attribute("lang") == "es"
    fits(visitor)

    visitor.link("exam.look_of", title=TITLE).click()
    expect(page.get_by_text(words("check.storage_good"))).to_be_visible()
    fits(visitor)
    visitor.button("exam.start").click()
    expect(page.get_by_role("timer")).to_be_visible()
    for slot in range(1, 9):
        fits(visitor)
        answer_with_keys(visitor, slot, answers[slot])
        fits(visitor)
        if slot < 8:
            go_on(visitor, to=slot + 1)
    is_saved(visitor)
    go_to(visitor, 1)
    visitor.button("sitting.submit").click()
    dialog = page.get_by_role("dialog", name=words("submit.title"))
    expect(dialog).to_contain_text(words("submit.answered", count=8, total=8))
    fits(visitor)
    dialog.get_by_role("button", name=words("submit.confirm"), exact=True).click()
    expect(visitor.heading(words("ended.submitted"))).to_be_focused()
    fits(visitor)

    visitor.link("ended.see_result").click()
    expect(page.get_by_role("main").get_by_text(words("result.passed"), exact=True)).to_be_visible()
    expect(page.get_by_role("main").get_by_text("900", exact=True).first).to_be_visible()
    fits(visitor)
    visitor.link("result.next.review").click()
    expect(visitor.heading(words("review.title"))).to_be_focused()
    for _ in range(7):
        fits(visitor)
        visitor.press("Alt+n")
    fits(visitor)
    visitor.open("/a/meridian/history")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    fits(visitor)
    assert Attempt.objects.get().state == Attempt.State.RELEASED


def test_instructor_on_a_phone(cast, visit):
    delivery = one_of_each(cast.meridian.academy)
    handed_in(delivery, cast.meridian.learner.membership)
    running = begun(delivery, cast.meridian.learner.membership, answered=2)
    visitor = visit(cast.meridian.instructor, locale="es", **PHONE)
    words, page = visitor.words, visitor.page
    visitor.open("/a/meridian")
    visitor.link("home.go_deliveries").click()
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    fits(visitor)
    visitor.link("manage:deliveries.create").click()
    expect(page.get_by_label(words("manage:form.title"), exact=True)).to_be_visible()
    fits(visitor)
    visitor.open(f"/a/meridian/manage/deliveries/{delivery.pk}/live")
    expect(page.get_by_text(words("manage:live.progress", answered=2, total=8))).to_be_visible()
    fits(visitor)
    page.get_by_role("link", name=words("manage:delivery.tab.results"), exact=True).click()
    expect(page.get_by_text(re.compile(words("manage:results.raw", raw=7, max=8)))).to_be_visible()
    fits(visitor)
    visitor.open(f"/a/meridian/manage/deliveries/{delivery.pk}/attempts/{running.pk}")
    expect(page.get_by_text(words("manage:timeline.intact"))).to_be_visible()
    fits(visitor)


def fits(visitor: Visitor) -> None:
    """Nobody has to scroll sideways."""
    assert visitor.overflow() <= 0, visitor.page.url
