"""The step log: what is written down, what is told of it, and that a change shows."""

import pytest
import time_machine
from django.db import connection

from exams.delivery.models import Attempt, AttemptStep
from exams.delivery.steps import verify_steps
from exams.delivery.supervision import void_attempt
from tests.exams.clients import Browser
from tests.factories.exams import NOW, answer, hand_in, minutes, right_answers, start

pytestmark = pytest.mark.django_db

REPORTED = ["viewed", "focus_lost", "focus_gained", "went_offline", "came_online", "fullscreen_left"]


def at(after):
    return time_machine.travel(NOW + after, tick=False)


def timeline(client, attempt, *, academy="harbour"):
    return client.get(f"/api/v1/academies/{academy}/attempts/{attempt.pk}/timeline/")


def verdict(attempt):
    fresh = Attempt.objects.get(pk=attempt.pk)
    return verify_steps(attempt=fresh, steps=AttemptStep.objects.filter(attempt=fresh).order_by("id"))


def tamper(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount


# What the browser reports


def test_the_browser_reports_what_it_notices_and_reads_the_clock(attempt):
    with at(minutes(2)):
        clock = Browser.of(attempt).steps(
            *({"kind": kind, "slot": 2, "at": "2026-03-02T09:01:59Z", "detail": "tab"} for kind in REPORTED)
        )
    assert clock.status_code == 200, clock.json()
    assert clock.json() == {
        "server_time": "2026-03-02T09:02:00Z",
        "deadline_at": "2026-03-02T10:00:00Z",
        "section_deadline_at": None,
        "state": "in_progress",
        "paused": False,
        "message": None,
        "current_section": 0,
        "open_positions": {"first": 1, "last": 8},
    }
    steps = attempt.steps.exclude(kind="started")
    assert [step.kind for step in steps] == REPORTED
    assert {step.recorded_at for step in steps} == {NOW + minutes(2)}, "the server alone knows the time"
    assert steps[0].body == {"at": "2026-03-02T09:01:59Z", "detail": "tab"}


def test_a_look_at_the_clock_writes_nothing(attempt):
    with at(minutes(2)):
        assert Browser.of(attempt).steps().status_code == 200
    assert attempt.steps.count() == 1


@pytest.mark.parametrize("kind", ["answered", "submitted", "started", "extra_time", "voided", "nonsense", "", None, 3])
def test_only_what_a_browser_can_notice_is_taken(attempt, kind):
    with at(minutes(2)):
        refused = Browser.of(attempt).steps({"kind": "viewed"}, {"kind": kind})
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == ["steps.1.kind"]
    assert attempt.steps.count() == 1


@pytest.mark.parametrize(
    ("step", "named"),
    [
        ({"kind": "viewed", "detail": "x" * 201}, "steps.0.detail"),
        ({"kind": "viewed", "slot": 0}, "steps.0.slot"),
        ({"kind": "viewed", "slot": "one"}, "steps.0.slot"),
        ({"kind": "viewed", "at": "x" * 41}, "steps.0.at"),
        ({"kind": "viewed", "mac": "x"}, "steps.0.mac"),
    ],
)
def test_what_is_wrong_with_a_step_is_named(attempt, step, named):
    with at(minutes(2)):
        refused = Browser.of(attempt).steps(step)
    assert [error["field"] for error in refused.json()["errors"]] == [named]


@pytest.mark.parametrize("body", [[], {}, {"steps": None}, {"steps": {}}, {"steps": [1]}, "text", 3])
def test_a_body_that_is_no_list_of_steps_is_refused(attempt, body):
    with at(minutes(2)):
        assert Browser.of(attempt)._send("post", "steps/", body).status_code == 400


def test_fifty_steps_at_once_and_no_more(attempt):
    browser = Browser.of(attempt)
    with at(minutes(2)):
        assert browser.steps(*({"kind": "viewed"} for _ in range(50))).status_code == 200
        refused = browser.steps(*({"kind": "viewed"} for _ in range(51)))
    assert [error["field"] for error in refused.json()["errors"]] == ["steps"]
    assert attempt.steps.filter(kind="viewed").count() == 50


def test_a_closed_attempt_still_tells_its_state_and_keeps_its_log(attempt):
    browser = Browser.of(attempt)
    with at(minutes(2)):
        browser.hand_in()
        clock = browser.steps({"kind": "focus_lost"})
    assert (clock.status_code, clock.json()["state"]) == (200, "released")
    assert not attempt.steps.filter(kind="focus_lost").exists()


# Notes


def test_notes_are_kept_for_another_device(cast, api, attempt):
    browser = Browser.of(attempt)
    with at(minutes(2)):
        assert browser.keep(1, {"highlights": {"1": [[0, 5]]}}).json() == {"saved": True, "sequence": 1}
        assert browser.keep(3, {"struck": {"1": ["b"]}}).status_code == 200
        stale = browser.keep(2, {})
        assert (stale.status_code, stale.json()["code"], stale.json()["sequence"]) == (409, "stale_sequence", 3)
        sitting = api(cast.harbour.learner).get(f"/api/v1/academies/harbour/attempts/{attempt.pk}/sitting/").json()
    assert (sitting["notes"], sitting["notes_sequence"]) == ({"struck": {"1": ["b"]}}, 3)


def test_notes_have_a_limit(attempt):
    browser = Browser.of(attempt)
    with at(minutes(2)):
        assert browser.keep(1, {"text": "x" * 60_000}).status_code == 200
        refused = browser.keep(2, {"text": "x" * 66_000})
    assert refused.status_code == 400
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [("notes", "too_long")]


@pytest.mark.parametrize(
    ("sequence", "notes", "named"),
    [(0, {}, "sequence"), ("x", {}, "sequence"), (2**53 + 1, {}, "sequence"), (1, [], "notes"), (1, None, "notes")],
)
def test_what_is_wrong_with_notes_is_named(attempt, sequence, notes, named):
    with at(minutes(2)):
        refused = Browser.of(attempt).keep(sequence, notes)
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == [named]


def test_a_closed_attempt_takes_no_notes(attempt):
    browser = Browser.of(attempt)
    with at(minutes(2)):
        browser.hand_in()
        assert browser.keep(1, {}).json()["code"] == "attempt_closed"


# The timeline


def test_the_timeline_tells_the_attempt_as_a_story(cast, api, delivery, attempt):
    browser, order = Browser.of(attempt), right_answers(delivery.form)[5]
    answers = {**right_answers(delivery.form), 2: {"choices": ["a", "d"]}}
    with at(minutes(1)):
        browser.steps({"kind": "viewed", "slot": 1}, {"kind": "focus_lost", "detail": "another window"})
        for slot, given in answers.items():
            browser.answer(slot, given)
        browser.answer(1, None, 2, flagged=True)
        browser.go_to(3)
        api(cast.harbour.instructor).post(
            f"/api/v1/academies/harbour/attempts/{attempt.pk}/extra-time/", {"minutes": 5, "reason": "Noise"}
        )
    with at(minutes(2)):
        browser.hand_in()
        told = timeline(api(cast.harbour.instructor), attempt).json()
    assert told["is_intact"] is True
    assert [step["text"] for step in told["steps"]] == [
        "Started.",
        "Looked at item 1.",
        "Left the page (another window).",
        "Answered item 1: The first.",
        "Answered item 2: The first; The fourth.",
        "Answered item 3: Not given.",
        "Answered item 4: One – Ex; Two – Why.",
        "Answered item 5: Start → Middle → End.",
        "Answered item 6: 1: Sky; 2: blue.",
        "Answered item 7: Least privilege.",
        "Answered item 8: 2500 MB.",
        "Cleared item 1, flagged.",
        "Went to item 3.",
        "Was given 5 more minutes: Noise",
        "Submitted by the learner.",
    ]
    assert order["order"] != ["a", "b", "c"], "the ids of steps give nothing away"
    assert told["steps"][4] == {
        "at": "2026-03-02T09:01:00Z",
        "kind": "answered",
        "slot": 2,
        "position": 2,
        "sequence": 1,
        "text": "Answered item 2: The first; The fourth.",
    }


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("owner", 200),
        ("manager", 200),
        ("instructor", 200),
        ("learner", 403),
        ("foreign_owner", 404),
        ("outsider", 404),
        ("staff", 404),
        ("anonymous", 401),
    ],
)
def test_only_those_who_supervise_see_the_timeline(cast, api, attempt, person, status):
    assert timeline(api(cast.everybody()[person]), attempt).status_code == status


def test_another_academy_does_not_learn_that_the_attempt_exists(cast, api, attempt):
    assert timeline(api(cast.meridian.owner), attempt, academy="meridian").status_code == 404


# Tampering


@pytest.fixture
def submitted(attempt):
    """An attempt with three answers, handed in."""
    for sequence in (1, 2, 3):
        answer(attempt, 1, {"choice": "abc"[sequence - 1]}, sequence=sequence, now=NOW + minutes(sequence))
    return hand_in(attempt, now=NOW + minutes(4))


def test_an_untouched_log_is_intact(attempt, submitted):
    assert verdict(attempt).is_intact


@pytest.mark.parametrize(
    "change",
    [
        """body = '{"answer": {"choice": "a"}, "flagged": false, "seconds": 0}'""",
        "sequence = 9",
        "slot = 2",
        "kind = 'viewed'",
        "recorded_at = recorded_at - interval '1 minute'",
        "mac = decode(repeat('00', 32), 'hex')",
        # Nonsense must show as well, and be told without a failure.
        "kind = 'nonsense'",
        "body = '[1, 2]'",
        """body = '{"answer": {"pairs": 3}}'""",
        "slot = 32767",
    ],
)
def test_a_changed_step_shows(cast, api, attempt, submitted, change):
    step = attempt.steps.get(sequence=2)
    tamper(f"UPDATE exams_attemptstep SET {change} WHERE id = %s", step.pk)
    assert (verdict(attempt).is_intact, verdict(attempt).broken_step) == (False, step.pk)
    told = timeline(api(cast.harbour.instructor), attempt).json()
    assert told["is_intact"] is False
    assert told["steps"][2]["text"] == "This entry was changed after it was written."


def test_a_changed_step_of_a_running_attempt_shows(attempt):
    answer(attempt, 1, {"choice": "b"})
    tamper("UPDATE exams_attemptstep SET sequence = 7 WHERE attempt_id = %s AND sequence = 1", attempt.pk)
    assert not verdict(attempt).is_intact


@pytest.mark.parametrize("which", ["sequence = 2", "kind = 'started'", "kind = 'submitted'", "sequence = 3"])
def test_a_deleted_step_shows_once_the_attempt_is_closed(attempt, submitted, which):
    tamper(f"DELETE FROM exams_attemptstep WHERE attempt_id = %s AND {which}", attempt.pk)
    assert not verdict(attempt).is_intact


def test_a_step_taken_from_another_attempt_shows(cast, delivery, attempt, submitted):
    other = start(delivery, cast.harbour.other_learner.membership)
    tamper(
        "INSERT INTO exams_attemptstep (academy_id, attempt_id, kind, slot, sequence, body, recorded_at, mac) "
        "SELECT academy_id, %s, kind, slot, sequence, body, recorded_at, mac FROM exams_attemptstep "
        "WHERE attempt_id = %s AND sequence = 2",
        other.pk,
        attempt.pk,
    )
    assert not verdict(other).is_intact


def test_whoever_deletes_a_step_cannot_make_a_new_seal_without_the_key(attempt, submitted):
    tamper("DELETE FROM exams_attemptstep WHERE attempt_id = %s AND sequence = 2", attempt.pk)
    tamper(
        "UPDATE exams_attempt SET steps_digest = (SELECT encode(sha256(string_agg(mac, ''::bytea ORDER BY id)), 'hex') "
        "FROM exams_attemptstep WHERE attempt_id = %s) WHERE id = %s",
        attempt.pk,
        attempt.pk,
    )
    assert not verdict(attempt).is_intact


def test_taking_the_seal_away_shows(attempt, submitted):
    tamper("UPDATE exams_attempt SET steps_digest = '' WHERE id = %s", attempt.pk)
    assert not verdict(attempt).is_intact


def test_a_key_that_was_rotated_out_still_proves_its_steps(attempt, submitted, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-0123456789-abcdefghijklmnopqrstuvwxyz"
    assert verdict(attempt).is_intact
    settings.SECRET_KEY_FALLBACKS = []
    assert not verdict(attempt).is_intact


def test_voiding_adds_to_the_log_and_leaves_it_intact(cast, attempt, submitted):
    assert void_attempt(attempt=attempt.pk, reason="Wrong exam", actor=cast.staff.account, now=NOW + minutes(9))
    assert verdict(attempt).is_intact
    assert attempt.steps.order_by("-id")[0].kind == "voided"


def test_voiding_a_running_attempt_seals_its_log(cast, attempt):
    answer(attempt, 1, {"choice": "b"})
    void_attempt(attempt=attempt.pk, reason="Wrong exam", actor=cast.staff.account, now=NOW + minutes(9))
    assert verdict(attempt).is_intact
    tamper("DELETE FROM exams_attemptstep WHERE attempt_id = %s AND sequence = 1", attempt.pk)
    assert not verdict(attempt).is_intact
