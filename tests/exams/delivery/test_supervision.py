"""What those who supervise do to a running attempt: extra time, pauses, the end."""

from datetime import timedelta

import pytest
import time_machine

from accounts.models import JournalEntry
from exams.delivery.actions import close_overdue_attempts
from exams.delivery.models import Attempt
from tests.exams.clients import Browser
from tests.factories.exams import NOW, hand_in, make_delivery, make_one_of_each, minutes, start

pytestmark = pytest.mark.django_db

BODIES = {
    "extra-time": {"minutes": 15, "reason": "Fire alarm"},
    "pause": {"reason": "Fire alarm"},
    "resume": {},
    "termination": {"reason": "Copied"},
}


def at(after):
    return time_machine.travel(NOW + after, tick=False)


def do(client, attempt, verb, body=None, *, academy="harbour"):
    return client.post(
        f"/api/v1/academies/{academy}/attempts/{attempt.pk}/{verb}/", BODIES[verb] if body is None else body
    )


def entries_about(attempt, kind):
    return list(JournalEntry.objects.filter(subject_id=str(attempt.pk), kind=f"exams.{kind}"))


# Extra time


def test_instructor_grants_time_to_a_running_attempt(cast, api, attempt):
    with at(minutes(10)):
        granted = do(api(cast.harbour.instructor), attempt, "extra-time")
    assert granted.status_code == 200, granted.json()
    assert granted.json()["deadline_at"] == "2026-03-02T10:15:00Z"
    assert granted.json()["extra_minutes"] == 15
    assert granted.json()["remaining_seconds"] == 65 * 60


def test_the_learners_clock_follows_with_the_next_answer(cast, api, attempt):
    browser = Browser.of(attempt)
    with at(minutes(10)):
        assert browser.answer(1, {"choice": "a"}).json()["deadline_at"] == "2026-03-02T10:00:00Z"
        do(api(cast.harbour.instructor), attempt, "extra-time")
        assert browser.answer(1, {"choice": "b"}, 2).json()["deadline_at"] == "2026-03-02T10:15:00Z"
        assert browser.steps().json()["deadline_at"] == "2026-03-02T10:15:00Z"
    with at(minutes(70)):
        assert browser.answer(2, {"choices": ["a"]}).status_code == 200


def test_extra_time_leaves_a_step_and_an_entry_in_the_journal(cast, api, attempt):
    with at(minutes(10)):
        do(api(cast.harbour.instructor), attempt, "extra-time")
    step = attempt.steps.get(kind="extra_time")
    assert step.body == {"minutes": 15, "reason": "Fire alarm"}
    (entry,) = entries_about(attempt, "extra_time_granted")
    assert entry.actor_id == cast.harbour.instructor.account.pk
    assert (entry.payload["minutes"], entry.payload["reason"]) == (15, "Fire alarm")
    assert entry.occurred_at == NOW + minutes(10)


def test_extra_time_adds_up(cast, api, attempt):
    client = api(cast.harbour.instructor)
    with at(minutes(10)):
        do(client, attempt, "extra-time")
        second = do(client, attempt, "extra-time", {"minutes": 5, "reason": "And smoke"})
    assert second.json()["extra_minutes"] == 20
    assert second.json()["deadline_at"] == "2026-03-02T10:20:00Z"


def test_extra_time_reaches_the_open_section_too(cast, api):
    delivery = make_delivery(make_one_of_each(cast.harbour.academy, sections=2, section_seconds=600))
    attempt = start(delivery, cast.harbour.learner.membership)
    with at(minutes(5)):
        do(api(cast.harbour.instructor), attempt, "extra-time")
        clock = Browser.of(attempt).steps().json()
    assert clock["section_deadline_at"] == "2026-03-02T09:25:00Z"
    assert clock["deadline_at"] == "2026-03-02T10:15:00Z"


def test_extra_time_during_the_grace_opens_the_attempt_again(cast, api, attempt, settings):
    with at(minutes(60) + settings.ANSWER_GRACE - timedelta(seconds=1)):
        assert do(api(cast.harbour.instructor), attempt, "extra-time").status_code == 200
    with at(minutes(61)):
        assert Browser.of(attempt).answer(1, {"choice": "a"}).status_code == 200


def test_an_attempt_whose_time_is_over_gets_no_more(cast, api, attempt, settings):
    with at(minutes(60) + settings.ANSWER_GRACE):
        refused = do(api(cast.harbour.instructor), attempt, "extra-time")
    assert (refused.status_code, refused.json()["code"]) == (409, "attempt_closed")
    assert not entries_about(attempt, "extra_time_granted")


def test_an_attempt_without_a_limit_needs_no_extra_time(cast, api):
    delivery = make_delivery(make_one_of_each(cast.harbour.academy), time_limit_seconds=None)
    attempt = start(delivery, cast.harbour.learner.membership)
    with at(minutes(10)):
        assert do(api(cast.harbour.instructor), attempt, "extra-time").json()["code"] == "attempt_closed"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"minutes": 0, "reason": "x"}, "minutes"),
        ({"minutes": 241, "reason": "x"}, "minutes"),
        ({"minutes": "many", "reason": "x"}, "minutes"),
        ({"reason": "x"}, "minutes"),
        ({"minutes": 5}, "reason"),
        ({"minutes": 5, "reason": ""}, "reason"),
        ({"minutes": 5, "reason": "x" * 201}, "reason"),
        ({"minutes": 5, "reason": "x", "to": "all"}, "to"),
    ],
)
def test_what_is_wrong_with_a_grant_of_time_is_named(cast, api, attempt, body, named):
    refused = do(api(cast.harbour.instructor), attempt, "extra-time", body)
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == [named]


# Pauses


def test_a_pause_keeps_the_remaining_time(cast, api, attempt):
    client, browser = api(cast.harbour.instructor), Browser.of(attempt)
    with at(minutes(20)):
        paused = do(client, attempt, "pause").json()
        assert (paused["state"], paused["remaining_seconds"]) == ("paused", 40 * 60)
    with at(minutes(200)):
        clock = browser.steps().json()
        assert (clock["paused"], clock["message"], clock["state"]) == (True, "Fire alarm", "paused")
        refused = browser.answer(1, {"choice": "a"})
        assert (refused.status_code, refused.json()["code"]) == (409, "attempt_paused")
        assert browser.hand_in().json()["code"] == "attempt_paused"
        assert browser.go_to(2).json()["code"] == "attempt_paused"
        assert close_overdue_attempts(now=NOW + minutes(200)) == 0
        resumed = do(client, attempt, "resume").json()
        assert (resumed["state"], resumed["remaining_seconds"]) == ("in_progress", 40 * 60)
        assert browser.answer(1, {"choice": "a"}).json()["deadline_at"] == "2026-03-02T13:00:00Z"
        assert browser.steps().json()["message"] is None
    kinds = list(attempt.steps.values_list("kind", flat=True))
    assert kinds == ["started", "paused", "resumed", "answered"]
    assert entries_about(attempt, "attempt_paused")[0].payload["reason"] == "Fire alarm"
    assert entries_about(attempt, "attempt_resumed")


def test_a_pause_keeps_the_remaining_time_of_the_section(cast, api):
    delivery = make_delivery(make_one_of_each(cast.harbour.academy, sections=2, section_seconds=600))
    attempt = start(delivery, cast.harbour.learner.membership)
    client = api(cast.harbour.instructor)
    with at(minutes(4)):
        do(client, attempt, "pause")
    with at(minutes(34)):
        do(client, attempt, "resume")
        clock = Browser.of(attempt).steps().json()
    assert clock["section_deadline_at"] == "2026-03-02T09:40:00Z"
    assert clock["deadline_at"] == "2026-03-02T10:30:00Z"


def test_extra_time_can_be_granted_to_a_paused_attempt(cast, api, attempt):
    client = api(cast.harbour.instructor)
    with at(minutes(20)):
        do(client, attempt, "pause")
        assert do(client, attempt, "extra-time").json()["remaining_seconds"] == 55 * 60


def test_pausing_and_resuming_twice_is_refused(cast, api, attempt):
    client = api(cast.harbour.instructor)
    with at(minutes(1)):
        assert do(client, attempt, "resume").json()["code"] == "attempt_not_paused"
        do(client, attempt, "pause")
        assert do(client, attempt, "pause").json()["code"] == "attempt_paused"
        do(client, attempt, "resume")
        assert do(client, attempt, "resume").json()["code"] == "attempt_not_paused"


def test_a_paused_exam_can_be_opened_on_another_device(cast, api, attempt):
    with at(minutes(1)):
        do(api(cast.harbour.instructor), attempt, "pause")
        sitting = api(cast.harbour.learner).get(f"/api/v1/academies/harbour/attempts/{attempt.pk}/sitting/")
    assert sitting.status_code == 200
    assert (sitting.json()["paused"], sitting.json()["message"]) == (True, "Fire alarm")


# The end


def test_an_ended_attempt_takes_nothing_more_and_is_not_marked(cast, api, attempt):
    browser = Browser.of(attempt)
    with at(minutes(5)):
        browser.answer(1, {"choice": "a"})
        ended = do(api(cast.harbour.instructor), attempt, "termination").json()
        assert ended["state"] == "terminated"
        refused = browser.answer(1, {"choice": "b"}, 2)
        assert (refused.json()["code"], refused.json()["state"]) == ("attempt_closed", "terminated")
        assert refused.json()["closed_at"] == "2026-03-02T09:05:00Z"
        again = browser.hand_in()
        assert (again.status_code, again.json()["attempt"]["state"]) == (200, "terminated")
        assert browser.steps().json()["message"] == "Copied"
        result = api(cast.harbour.learner).get(f"/api/v1/academies/harbour/attempts/{attempt.pk}/result/")
        assert result.json()["code"] == "result_not_available"
    assert attempt.responses.get().answer == {"choice": "a"}
    assert not attempt.scores.exists()
    (entry,) = entries_about(attempt, "attempt_terminated")
    assert entry.payload["steps_digest"] == Attempt.objects.get(pk=attempt.pk).steps_digest != ""


@pytest.mark.parametrize("verb", ["extra-time", "pause", "termination"])
def test_a_submitted_attempt_is_left_alone(cast, api, attempt, verb):
    with at(minutes(5)):
        hand_in(attempt, now=NOW + minutes(5))
        refused = do(api(cast.harbour.instructor), attempt, verb)
    assert (refused.status_code, refused.json()["code"]) == (409, "attempt_closed")
    assert Attempt.objects.get(pk=attempt.pk).state == "released"


# Who may


@pytest.mark.parametrize("verb", list(BODIES))
@pytest.mark.parametrize(
    ("person", "status"),
    [("learner", 403), ("foreign_owner", 404), ("outsider", 404), ("staff", 404), ("anonymous", 401)],
)
def test_others_may_not_supervise(cast, api, attempt, verb, person, status):
    assert do(api(cast.everybody()[person]), attempt, verb).status_code == status
    attempt.refresh_from_db()
    assert (attempt.state, attempt.extra_seconds) == ("in_progress", 0)


@pytest.mark.parametrize("verb", list(BODIES))
def test_the_instructor_of_another_academy_does_not_learn_that_the_attempt_exists(cast, api, attempt, verb):
    assert do(api(cast.meridian.owner), attempt, verb, academy="meridian").status_code == 404


@pytest.mark.parametrize("person", ["owner", "manager", "instructor"])
def test_everybody_who_teaches_supervises(cast, api, attempt, person):
    with at(minutes(1)):
        assert do(api(cast.everybody()[person]), attempt, "pause").status_code == 200
