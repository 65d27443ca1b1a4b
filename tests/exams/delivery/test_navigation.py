"""Moving through an exam: forward only, and from section to section with clocks of their own."""

from datetime import timedelta

import pytest
import time_machine

from exams.delivery.actions import close_overdue_attempts, move_to_position
from exams.delivery.errors import SectionClosed
from exams.delivery.models import Accommodation, Attempt, AttemptStep
from tests.exams.clients import Browser
from tests.factories.exams import NOW, claim_of, make_delivery, make_one_of_each, minutes, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def linear(cast):
    """An attempt that goes forward only; its second half is a section of its own."""
    delivery = make_delivery(make_one_of_each(cast.harbour.academy, sections=2), navigation="linear")
    return start(delivery, cast.harbour.learner.membership)


@pytest.fixture
def timed(cast):
    """Four sections of two items, ten minutes each, in an hour."""
    delivery = make_delivery(make_one_of_each(cast.harbour.academy, sections=4, section_seconds=600))
    return start(delivery, cast.harbour.learner.membership)


def at(after):
    return time_machine.travel(NOW + after, tick=False)


# Linear navigation


def test_going_forward_closes_what_stands_before(linear):
    browser = Browser.of(linear)
    with at(minutes(1)):
        assert browser.answer(1, {"choice": "a"}).status_code == 200
        moved = browser.go_to(3)
        assert moved.status_code == 200
        assert moved.json()["open_positions"] == {"first": 3, "last": 4}
        refused = browser.answer(1, {"choice": "b"}, 2)
        assert (refused.status_code, refused.json()["code"]) == (409, "section_closed")
        assert refused.json()["open_positions"] == {"first": 3, "last": 4}
        assert browser.answer(3, {"choice": "true"}).status_code == 200
    assert linear.responses.get(slot=1).answer == {"choice": "a"}


def test_going_back_is_refused_in_linear_navigation(linear):
    browser = Browser.of(linear)
    with at(minutes(1)):
        browser.go_to(3)
        refused = browser.go_to(2)
        assert (refused.status_code, refused.json()["code"]) == (409, "section_closed")
        assert browser.go_to(3).status_code == 200, "staying is fine"


def test_free_navigation_only_writes_down_where_the_learner_goes(attempt):
    browser = Browser.of(attempt)
    with at(minutes(1)):
        for position in (5, 2):
            moved = browser.go_to(position)
            assert moved.json()["open_positions"] == {"first": 1, "last": 8}
    assert list(attempt.steps.filter(kind="moved").values_list("slot", flat=True)) == [5, 2]


@pytest.mark.parametrize("position", [9, 1000])
def test_a_position_that_the_form_does_not_have_is_refused(attempt, position):
    with at(minutes(1)):
        assert Browser.of(attempt).go_to(position).json()["code"] == "section_closed"


@pytest.mark.parametrize("position", [0, -1, 1001, "x", None, 1.5])
def test_a_position_that_makes_no_sense_is_named(attempt, position):
    with at(minutes(1)):
        refused = Browser.of(attempt).go_to(position)
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == ["position"]


def test_positions_of_another_section_are_closed(linear):
    browser = Browser.of(linear)
    with at(minutes(1)):
        assert browser.go_to(5).json()["code"] == "section_closed"
        assert browser.answer(5, None).json()["code"] == "section_closed"


# Sections with clocks


def test_leaving_a_section_opens_the_next_from_that_moment(timed):
    browser = Browser.of(timed)
    with at(minutes(4)):
        left = browser.leave(0).json()
        assert left["current_section"] == 1
        assert left["open_positions"] == {"first": 3, "last": 4}
        assert left["section_deadline_at"] == "2026-03-02T09:14:00Z"
        assert left["deadline_at"] == "2026-03-02T10:00:00Z"
        assert browser.answer(1, {"choice": "a"}).json()["code"] == "section_closed"
        assert browser.answer(3, {"choice": "true"}).status_code == 200


def test_leaving_a_section_twice_changes_nothing(timed):
    browser = Browser.of(timed)
    with at(minutes(4)):
        browser.leave(0)
    with at(minutes(5)):
        again = browser.leave(0)
    assert again.status_code == 200
    assert again.json()["current_section"] == 1
    assert again.json()["section_deadline_at"] == "2026-03-02T09:14:00Z"
    assert timed.steps.filter(kind="section_closed").count() == 1


def test_a_section_ahead_and_the_last_one_cannot_be_left(timed):
    browser = Browser.of(timed)
    with at(minutes(1)):
        assert browser.leave(2).json()["code"] == "section_closed"
        for section in range(3):
            assert browser.leave(section).status_code == 200
        assert browser.leave(3).json()["code"] == "section_closed"


def test_a_section_that_ran_out_does_not_close_the_exam(timed):
    """Before the sweeper has come by: the answer is refused for its section alone, and the next look moves on."""
    browser = Browser.of(timed)
    with at(minutes(11)):
        refused = browser.answer(1, {"choice": "a"})
        assert (refused.status_code, refused.json()["code"]) == (409, "section_closed")
        clock = browser.steps().json()
        assert clock["state"] == "in_progress"
        assert clock["current_section"] == 1
        assert clock["section_deadline_at"] == "2026-03-02T09:20:00Z", "it started when the first ran out"
        assert browser.answer(3, {"choice": "true"}).status_code == 200


def test_answers_on_their_way_when_a_section_runs_out_are_taken_during_the_grace(timed, settings):
    with at(minutes(10) + settings.ANSWER_GRACE - timedelta(seconds=1)):
        assert Browser.of(timed).answer(1, {"choice": "a"}).status_code == 200


def test_leaving_a_section_after_its_clock_does_not_lengthen_the_next(timed):
    with at(minutes(12)):
        left = Browser.of(timed).leave(0).json()
    assert left["current_section"] == 1
    assert left["section_deadline_at"] == "2026-03-02T09:20:00Z"


def test_opening_the_exam_elsewhere_finds_the_section_whose_turn_it_is(cast, api, timed):
    with at(minutes(25)):
        sitting = api(cast.harbour.learner).get(f"/api/v1/academies/harbour/attempts/{timed.pk}/sitting/").json()
    assert sitting["current_section"] == 2
    assert sitting["open_positions"] == {"first": 5, "last": 6}
    assert sitting["section_deadline_at"] == "2026-03-02T09:30:00Z"


def test_the_clock_moves_on_by_itself(timed, settings):
    assert close_overdue_attempts(now=NOW + minutes(10) + settings.ANSWER_GRACE - timedelta(seconds=1)) == 0
    assert close_overdue_attempts(now=NOW + minutes(10) + settings.ANSWER_GRACE) == 1
    moved = Attempt.objects.get(pk=timed.pk)
    assert (moved.state, moved.section_index, moved.open_from, moved.open_to) == ("in_progress", 1, 3, 4)
    assert moved.section_deadline_at == NOW + minutes(20)


def test_an_outage_of_several_sections_is_made_up_for(timed):
    close_overdue_attempts(now=NOW + minutes(35))
    moved = Attempt.objects.get(pk=timed.pk)
    assert (moved.state, moved.section_index) == ("in_progress", 3)
    assert moved.section_deadline_at == NOW + minutes(40)
    bodies = AttemptStep.objects.filter(attempt=timed, kind="section_closed").values_list("body", flat=True)
    assert [body["section"] for body in bodies] == [0, 1, 2]


def test_an_outage_past_the_last_section_hands_the_attempt_in(timed):
    close_overdue_attempts(now=NOW + minutes(50))
    closed = Attempt.objects.get(pk=timed.pk)
    assert (closed.state, closed.closed_by, closed.section_index) == ("submitted", "clock", 3)


def test_the_end_of_the_exam_counts_before_that_of_a_section(cast):
    delivery = make_delivery(
        make_one_of_each(cast.harbour.academy, sections=4, section_seconds=600), time_limit_seconds=900
    )
    attempt = start(delivery, cast.harbour.learner.membership)
    close_overdue_attempts(now=NOW + minutes(20))
    closed = Attempt.objects.get(pk=attempt.pk)
    assert (closed.state, closed.section_index) == ("submitted", 1)


def test_handing_in_while_a_section_has_run_out_is_the_learners_doing(timed):
    with at(minutes(11)):
        assert Browser.of(timed).hand_in().status_code == 200
    assert Attempt.objects.get(pk=timed.pk).closed_by == "learner"


def test_sections_last_as_long_as_the_learner_needs(cast, api):
    learner = cast.harbour.learner.membership
    Accommodation.objects.create(academy=cast.harbour.academy, member=learner, time_factor="1.5")
    delivery = make_delivery(make_one_of_each(cast.harbour.academy, sections=4, section_seconds=600))
    client = api(cast.harbour.learner)
    with at(minutes(0)):
        offered = client.get(f"/api/v1/academies/harbour/assigned/{delivery.pk}/").json()
        sitting = client.post(f"/api/v1/academies/harbour/assigned/{delivery.pk}/attempts/", {}).json()
    assert [section["time_limit_seconds"] for section in offered["sections"]] == [900] * 4
    assert [section["time_limit_seconds"] for section in sitting["sections"]] == [900] * 4
    assert sitting["section_deadline_at"] == "2026-03-02T09:15:00Z"
    assert sitting["deadline_at"] == "2026-03-02T10:30:00Z"


def test_moving_in_a_closed_attempt_is_refused(attempt):
    browser = Browser.of(attempt)
    with at(minutes(1)):
        browser.hand_in()
        assert browser.go_to(2).json()["code"] == "attempt_closed"
        assert browser.leave(0).json()["code"] == "attempt_closed"


def test_the_action_refuses_what_is_not_open(linear):
    with pytest.raises(SectionClosed):
        move_to_position(claim=claim_of(linear), position=5, now=NOW)
