"""The whole journey of a learner: by keyboard alone, over a lost network and a second device, to the review."""

import pytest
from django.utils import timezone
from playwright.sync_api import Route, expect

from exams.delivery.models import Attempt, AttemptStep, Delivery, Response
from exams.delivery.steps import verify_steps
from exams.marking.models import Score
from tests.browser.scenes import TITLE, one_of_each
from tests.browser.sitting import (
    answer_with_keys,
    at_question,
    go_on,
    go_to,
    is_given,
    is_saved,
    question,
    seconds_left,
)
from tests.browser.visitors import Visitor
from tests.factories.exams import OPTIONS, right_answers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LAST = 8
GRANTED_MINUTES = 10


def test_learner_sits_an_exam_from_sign_in_to_review(cast, api, visit):
    learner = cast.harbour.learner
    delivery = one_of_each(cast.harbour.academy)
    answers = right_answers(delivery.form)

    laptop = visit()
    sign_in(laptop, learner.account.email)
    begin(laptop)
    attempt = Attempt.objects.get()
    answer_all_but_the_last(laptop, attempt, answers)
    lose_the_network(laptop, attempt, answers)
    laptop.context.close()

    tablet = visit(learner)
    go_on_elsewhere(tablet, attempt)
    be_granted_time(tablet, attempt, api(cast.harbour.instructor))
    hand_in(tablet, answers)
    review(tablet)
    the_record_is_complete(attempt, delivery, answers)


def sign_in(visitor: Visitor, email: str) -> None:
    words = visitor.words
    visitor.open("/")
    expect(visitor.heading(words("session.title"))).to_be_visible()
    visitor.tab_to(visitor.page.get_by_label(words("session.email"), exact=True))
    visitor.page.keyboard.type(email)
    visitor.press("Tab")
    expect(visitor.page.get_by_label(words("session.password"), exact=True)).to_be_focused()
    visitor.page.keyboard.type("evening-tide-at-harbour")
    visitor.press("Enter")
    expect(visitor.heading(words("home.title_name", name="Lena"))).to_be_focused()


def begin(visitor: Visitor) -> None:
    words = visitor.words
    expect(visitor.says("home.summary_open", count=1)).to_be_visible()
    visitor.tab_to(visitor.link("exam.look_of", title=TITLE))
    visitor.press("Enter")

    expect(visitor.heading(TITLE)).to_be_focused()
    expect(visitor.page.get_by_text("Read each question twice.")).to_be_visible()
    expect(visitor.page.get_by_text(words("check.clock_good"))).to_be_visible()
    expect(visitor.page.get_by_text(words("check.storage_good"))).to_be_visible()
    expect(visitor.page.get_by_text(words("check.window_good", width="1,280"))).to_be_visible()
    visitor.tab_to(visitor.button("exam.start"))
    expect(visitor.page.get_by_text(words("check.keyboard_good"))).to_be_visible()
    visitor.press("Enter")
    expect(visitor.page.get_by_role("timer")).to_be_visible()
    assert 3590 <= seconds_left(visitor) <= 3600


def answer_all_but_the_last(visitor: Visitor, attempt: Attempt, answers: dict) -> None:
    expect(visitor.says("saving.idle")).to_be_visible()
    saved_only_when_the_server_says_so(visitor, attempt, answers[1])
    visitor.press("Alt+f")
    expect(question(visitor, 1).get_by_role("button", name=visitor.words("sitting.flagged"))).to_be_visible()
    for slot in range(2, LAST):
        go_on(visitor, to=slot)
        answer_with_keys(visitor, slot, answers[slot])
    is_saved(visitor)
    assert answers_saved(attempt) == {slot: answers[slot] for slot in range(1, LAST)}


def saved_only_when_the_server_says_so(visitor: Visitor, attempt: Attempt, answer: dict) -> None:
    held: list[Route] = []
    pattern = "**/responses/1/"
    visitor.context.route(pattern, lambda route: held.append(route))
    answer_with_keys(visitor, 1, answer)
    expect(visitor.says("saving.saving")).to_be_visible()
    expect(visitor.says("saving.saved")).to_have_count(0)
    assert not Response.objects.filter(attempt=attempt).exists()
    held[0].continue_()
    visitor.context.unroute(pattern)
    is_saved(visitor)
    assert answers_saved(attempt) == {1: answer}


def lose_the_network(visitor: Visitor, attempt: Attempt, answers: dict) -> None:
    go_to(visitor, 2)
    with visitor.offline():
        visitor.press("Alt+p")
        at_question(visitor, 1)
        answer_with_keys(visitor, 1, {"choice": "b"})
        go_on(visitor, to=2)
        visitor.tab_to(visitor.button("sitting.clear"))
        visitor.press("Enter")
        expect(visitor.says("saving.offline", count=2)).to_be_visible()
        assert answers_saved(attempt)[1] == answers[1]
    visitor.page.reload()
    is_saved(visitor)
    answer_with_keys(visitor, 2, answers[2])
    is_saved(visitor)
    assert answers_saved(attempt) == {**{slot: answers[slot] for slot in range(2, LAST)}, 1: {"choice": "b"}}


def go_on_elsewhere(visitor: Visitor, attempt: Attempt) -> None:
    visitor.open("/")
    visitor.link("exam.continue_of", title=TITLE).click()
    expect(visitor.page.get_by_role("timer")).to_be_visible()
    attempt.refresh_from_db()
    left = (attempt.deadline_at - timezone.now()).total_seconds()
    assert abs(seconds_left(visitor) - left) <= 3

    go_to(visitor, 1)
    expect(question(visitor, 1).get_by_role("radio", name="The second")).to_be_checked()
    expect(question(visitor, 1).get_by_role("button", name=visitor.words("sitting.flagged"))).to_be_visible()
    go_on(visitor, to=2)
    for name, is_chosen in {"The first": True, "The second": False, "The third": False, "The fourth": True}.items():
        expect(question(visitor, 2).get_by_role("checkbox", name=name)).to_be_checked(checked=is_chosen)
    go_on(visitor, to=3)
    expect(question(visitor, 3).locator('[value="not_given"]')).to_be_checked()
    go_on(visitor, to=4)
    for row, option in enumerate(("x", "y")):
        expect(question(visitor, 4).get_by_role("combobox").nth(row)).to_have_value(option)
    go_on(visitor, to=5)
    rows = question(visitor, 5).locator("[data-row]")
    for place, text in enumerate(("Start", "Middle", "End")):
        expect(rows.nth(place)).to_contain_text(text)
    go_on(visitor, to=6)
    for number, text in enumerate(("Sky", "blue"), start=1):
        gap = visitor.page.get_by_label(visitor.words("question.gap", number=number, count=2), exact=True)
        expect(gap).to_have_value(text)
    go_on(visitor, to=7)
    expect(question(visitor, 7).get_by_role("textbox")).to_have_value("Least privilege")


def be_granted_time(visitor: Visitor, attempt: Attempt, instructor) -> None:
    before = seconds_left(visitor)
    granted = instructor.post(
        f"/api/v1/academies/harbour/attempts/{attempt.pk}/extra-time/",
        {"minutes": GRANTED_MINUTES, "reason": "The fire alarm"},
    )
    assert granted.status_code == 200, granted.json()
    # The next answer brings the new deadline with its acknowledgement.
    answer_with_keys(visitor, 7, {"text": "least privilege"})
    is_given(visitor, GRANTED_MINUTES, before=before)
    is_saved(visitor)


def hand_in(visitor: Visitor, answers: dict) -> None:
    dialog = visitor.page.get_by_role("dialog", name=visitor.words("submit.title"))
    visitor.tab_to(visitor.button("sitting.submit"))
    visitor.press("Enter")
    expect(dialog.get_by_role("heading", name=visitor.words("submit.unanswered", count=1))).to_be_visible()
    expect(dialog.get_by_role("heading", name=visitor.words("submit.flagged", count=1))).to_be_visible()
    visitor.tab_to(dialog.get_by_role("button", name=visitor.words("submit.go_to", number=LAST), exact=True))
    visitor.press("Enter")
    at_question(visitor, LAST)
    answer_with_keys(visitor, LAST, answers[LAST])

    visitor.press("Alt+n")
    expect(dialog).to_contain_text(visitor.words("submit.answered", count=LAST, total=LAST))
    expect(dialog.get_by_role("heading", name=visitor.words("submit.unanswered", count=1))).to_have_count(0)
    visitor.tab_to(dialog.get_by_role("button", name=visitor.words("submit.confirm"), exact=True))
    visitor.press("Enter")
    expect(visitor.heading(visitor.words("ended.submitted"))).to_be_focused()
    expect(visitor.says("ended.answered", count=LAST, total=LAST)).to_be_visible()
    visitor.tab_to(visitor.link("ended.see_result"))
    visitor.press("Enter")


def review(visitor: Visitor) -> None:
    words = visitor.words
    main = visitor.page.get_by_role("main")
    expect(visitor.heading(TITLE)).to_be_focused()
    expect(main.get_by_text(words("result.passed"), exact=True)).to_be_visible()
    # 7 of 8 points on a scale from 100 to 900.
    expect(main.get_by_text("800", exact=True)).to_be_visible()
    expect(main.get_by_text(words("result.raw_of", raw="7", max="8", percent="88%"))).to_be_visible()
    visitor.tab_to(visitor.link("result.next.review"))
    visitor.press("Enter")

    expect(visitor.heading(words("review.title"))).to_be_focused()
    first, second, _ = (main.get_by_role("listitem").filter(has_text=option["text"]) for option in OPTIONS)
    expect(second).to_contain_text(words("review.your_answer"))
    expect(second).to_contain_text("It is not.")
    expect(first).to_contain_text(words("review.right_answer"))
    expect(first).to_contain_text("It is.")
    expect(main.get_by_text("Because it is so.")).to_be_visible()


def the_record_is_complete(attempt: Attempt, delivery: Delivery, answers: dict) -> None:
    attempt.refresh_from_db()
    assert Attempt.objects.count() == 1
    assert attempt.state == Attempt.State.RELEASED
    assert attempt.closed_by == Attempt.ClosedBy.LEARNER
    assert attempt.extra_seconds == GRANTED_MINUTES * 60
    assert answers_saved(attempt) == {**answers, 1: {"choice": "b"}, 7: {"text": "least privilege"}}
    assert list(attempt.responses.filter(flagged=True).values_list("slot", flat=True)) == [1]

    steps = list(attempt.steps.order_by("id"))
    kinds = AttemptStep.Kind
    assert {step.kind for step in steps} >= {
        kinds.STARTED,
        kinds.VIEWED,
        kinds.ANSWERED,
        kinds.WENT_OFFLINE,
        kinds.CAME_ONLINE,
        kinds.RESUMED_SITTING,
        kinds.EXTRA_TIME,
        kinds.SUBMITTED,
    }
    assert [step.kind for step in steps].count(kinds.STARTED) == 1
    assert {step.slot for step in steps if step.kind == kinds.ANSWERED} == set(range(1, LAST + 1))
    assert verify_steps(attempt=attempt, steps=steps).is_intact

    score = Score.objects.get()
    assert (score.attempt_id, score.number, score.is_current) == (attempt.pk, 1, True)
    assert (float(score.raw), float(score.raw_max), float(score.scaled)) == (7, 8, 800)
    assert score.fractions == [0, 1, 1, 1, 1, 1, 1, 1]


def answers_saved(attempt: Attempt) -> dict:
    """Slot → answer, of those that the database has."""
    return dict(Response.objects.filter(attempt=attempt, answer__isnull=False).values_list("slot", "answer"))
