"""Answers outlive a reload that happens while the server cannot be reached."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from academies.models import Membership
from exams.delivery.models import Response
from exams.marking.models import MarkedAnswer
from exams.practice.sessions.actions import Choice, finish_session, start_session
from exams.practice.sessions.models import PracticeAnswer, PracticeSession
from tests.browser.scenes import begun, one_of_each
from tests.browser.sitting import answer_with_keys, go_on, go_to, is_saved, notice, question
from tests.factories.exams import right_answers
from tests.factories.practice import make_practice_bank

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


def test_answers_of_a_quiz_survive_a_reload_and_are_there_when_it_is_handed_in(cast, visit):
    session = practising(cast.harbour.learner.membership, mode="practice")
    visitor = visit(cast.harbour.learner)
    page, words = visitor.page, visitor.words
    visitor.open(f"/a/harbour/practice/{session.pk}")
    hand_in = page.get_by_role("button", name=words("practice:player.hand_in"), exact=True)
    with visitor.answers_blocked():
        page.locator("[value=b]").check()
        visitor.press("Alt+n")
        expect(question(visitor, 2)).to_be_visible()
        page.get_by_label(words("practice:player.guess"), exact=True).check()
        page.locator("[value=a]").check()
        expect(visitor.says("saving.offline", count=2)).to_be_visible()

        page.reload()

        # It opens at the first question without an answer.
        expect(question(visitor, 3)).to_be_visible()
        expect(visitor.says("saving.offline", count=2)).to_be_visible()
        visitor.press("Alt+p")
        expect(page.locator("[value=a]")).to_be_checked()
        expect(page.get_by_label(words("practice:player.guess"), exact=True)).to_be_checked()
        hand_in.click()
        dialog = page.get_by_role("dialog", name=words("practice:hand_in.title"))
        confirm = dialog.get_by_role("button", name=words("practice:player.hand_in"), exact=True)
        confirm.click()
        expect(dialog.get_by_role("alert")).to_have_text(words("practice:hand_in.unsent", count=2))
        assert not PracticeAnswer.objects.exists()
    confirm.click()
    expect(visitor.heading(words("practice:outcome.quiz_title", right=1, count=4))).to_be_visible()
    assert list(MarkedAnswer.objects.order_by("slot").values_list("slot", "answer", "is_guess")) == [
        (1, {"choice": "b"}, False),
        (2, {"choice": "a"}, True),
    ]


def test_answers_that_come_after_the_end_of_a_quiz_are_owned_up_to(cast, visit):
    session = practising(cast.harbour.learner.membership, mode="practice")
    visitor = visit(cast.harbour.learner)
    visitor.open(f"/a/harbour/practice/{session.pk}")
    with visitor.answers_blocked():
        visitor.page.locator("[value=b]").check()
        expect(visitor.says("saving.offline", count=1)).to_be_visible()
        finish_session(session=session.pk, actor=cast.harbour.learner.membership, now=timezone.now())
        visitor.page.reload()
        expect(visitor.says("practice:outcome.late", count=1)).to_be_visible()
    visitor.page.reload()
    expect(visitor.heading(visitor.words("practice:outcome.quiz_title", right=0, count=4))).to_be_visible()
    expect(visitor.says("practice:outcome.late", count=1)).to_be_hidden()


def test_what_study_could_not_check_is_checked_later(cast, visit):
    session = practising(cast.harbour.learner.membership, mode="study")
    visitor = visit(cast.harbour.learner)
    visitor.open(f"/a/harbour/practice/{session.pk}")
    with visitor.answers_blocked():
        visitor.page.locator("[value=a]").check()
        visitor.button("practice:player.check").click()
        expect(visitor.says("practice:player.kept")).to_be_visible()
        visitor.page.reload()
        expect(visitor.says("practice:player.kept")).to_be_visible()
        expect(visitor.page.locator("[value=a]")).to_be_checked()
        visitor.button("practice:player.finish_study").click()
        expect(visitor.page.get_by_role("alert")).to_have_text(visitor.words("practice:player.unsent", count=1))
    expect(visitor.page.get_by_text("Because it is so.")).to_be_visible()
    assert MarkedAnswer.objects.get().answer == {"choice": "a"}


def practising(learner: Membership, *, mode: str) -> PracticeSession:
    """A session of four questions of one choice that has just begun."""
    choice = Choice(bank=make_practice_bank(learner, items=4).pk)
    return start_session(mode=mode, choice=choice, actor=learner, now=timezone.now())
