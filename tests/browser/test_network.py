"""Answers outlive a reload that happens while the server cannot be reached."""

import pytest
from playwright.sync_api import expect

from exams.delivery.models import Response
from tests.browser.scenes import begun, one_of_each
from tests.browser.sitting import answer_with_keys, go_on, go_to, is_saved, notice, question
from tests.factories.exams import right_answers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def attempt(cast):
    return begun(one_of_each(cast.harbour.academy), cast.harbour.learner.membership)


def test_unsent_answers_survive_a_reload(cast, visit, attempt):
    answers = right_answers(attempt.form)
    visitor = visit(cast.harbour.learner)
    visitor.open(f"/a/harbour/attempts/{attempt.pk}")
    expect(visitor.page.get_by_role("timer")).to_be_visible()
    with visitor.answers_blocked():
        go_to(visitor, 6)
        answer_with_keys(visitor, 6, answers[6])
        go_on(visitor, to=7)
        answer_with_keys(visitor, 7, answers[7])
        expect(visitor.says("saving.offline", count=2)).to_be_visible()

        visitor.page.reload()

        expect(question(visitor, 7).get_by_role("textbox")).to_have_value("Least privilege")
        expect(visitor.says("saving.offline", count=2)).to_be_visible()
        assert not Response.objects.filter(attempt=attempt, answer__isnull=False).exists()
    is_saved(visitor)
    saved = dict(Response.objects.filter(attempt=attempt, answer__isnull=False).values_list("slot", "answer"))
    assert saved == {6: answers[6], 7: answers[7]}


def test_an_exam_is_not_handed_in_while_answers_are_unsent(cast, visit, attempt):
    visitor = visit(cast.harbour.learner)
    visitor.open(f"/a/harbour/attempts/{attempt.pk}")
    expect(visitor.page.get_by_role("timer")).to_be_visible()
    dialog = visitor.page.get_by_role("dialog", name=visitor.words("submit.title"))
    confirm = dialog.get_by_role("button", name=visitor.words("submit.confirm"), exact=True)
    with visitor.offline():
        answer_with_keys(visitor, 1, {"choice": "a"})
        visitor.button("sitting.submit").click()
        confirm.click()
        expect(dialog.get_by_role("alert")).to_have_text(visitor.words("submit.offline", count=1))
        visitor.press("Escape")
    is_saved(visitor)
    attempt.refresh_from_db()
    assert attempt.state == "in_progress"

    visitor.button("sitting.submit").click()
    confirm.click()
    expect(visitor.heading(visitor.words("ended.submitted"))).to_be_focused()
    assert attempt.responses.get(slot=1).answer == {"choice": "a"}


def test_the_later_of_two_devices_shows_what_the_other_saved(cast, visit, attempt):
    laptop, tablet = visit(cast.harbour.learner), visit(cast.harbour.learner)
    laptop.open(f"/a/harbour/attempts/{attempt.pk}")
    answer_with_keys(laptop, 1, {"choice": "b"})
    is_saved(laptop)
    laptop.allow_status(409)
    with laptop.answers_blocked():
        answer_with_keys(laptop, 1, {"choice": "c"})
        expect(laptop.says("saving.offline", count=1)).to_be_visible()

        tablet.open(f"/a/harbour/attempts/{attempt.pk}")
        # It opens at the first question without an answer.
        expect(question(tablet, 2)).to_be_visible()
        go_to(tablet, 1)
        expect(question(tablet, 1).get_by_role("radio", name="The second")).to_be_checked()
        answer_with_keys(tablet, 1, {"choice": "a"})
        is_saved(tablet)
    expect(notice(laptop, "answered_elsewhere", number=1)).to_be_visible()
    expect(question(laptop, 1).get_by_role("radio", name="The first")).to_be_checked()

    laptop.button("notice.use_mine").click()
    is_saved(laptop)
    assert attempt.responses.get(slot=1).answer == {"choice": "c"}
