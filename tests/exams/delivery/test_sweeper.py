"""What happens to attempts without anybody asking."""

from datetime import timedelta

import pytest
import time_machine

from accounts.models import JournalEntry
from exams.delivery import actions
from exams.delivery.actions import close_overdue_attempts
from exams.delivery.models import Attempt
from exams.delivery.supervision import pause_attempt, resume_attempt
from exams.delivery.tasks import close_overdue_attempts as task
from exams.marking.actions import mark_submitted_attempts
from tests.exams.clients import Browser
from tests.factories.academies import MembershipFactory
from tests.factories.exams import NOW, answer, make_delivery, make_plain_form, minutes, start

pytestmark = pytest.mark.django_db


def submissions_of(attempt):
    return JournalEntry.objects.filter(subject_id=str(attempt.pk), kind="exams.attempt_submitted")


def test_what_ran_out_is_submitted_after_the_grace_and_not_before(attempt, settings):
    deadline = NOW + minutes(60)
    assert close_overdue_attempts(now=deadline + settings.ANSWER_GRACE - timedelta(milliseconds=1)) == 0
    assert close_overdue_attempts(now=deadline + settings.ANSWER_GRACE) == 1
    attempt.refresh_from_db()
    assert (attempt.state, attempt.closed_by) == ("submitted", "clock")
    assert attempt.submitted_at == deadline + settings.ANSWER_GRACE
    assert submissions_of(attempt).get().actor_id is None


def test_after_an_outage_each_attempt_is_submitted_and_marked_exactly_once(cast):
    delivery = make_delivery(make_plain_form(cast.harbour.academy, 3))
    attempts = [
        start(delivery, MembershipFactory(academy=cast.harbour.academy), now=NOW + minutes(number))
        for number in range(6)
    ]
    answer(attempts[0], 1, {"choice": "a"}, now=NOW + minutes(1))
    days_later = NOW + timedelta(days=3)
    assert close_overdue_attempts(now=days_later) == 6
    assert close_overdue_attempts(now=days_later) == 0
    assert mark_submitted_attempts(now=days_later) == 6
    assert mark_submitted_attempts(now=days_later) == 0
    for attempt in attempts:
        assert submissions_of(attempt).count() == 1
        assert attempt.steps.filter(kind="submitted").count() == 1
        assert attempt.scores.count() == 1


def test_a_long_queue_is_worked_off_in_helpings(cast, monkeypatch):
    delivery = make_delivery(make_plain_form(cast.harbour.academy, 2))
    for _ in range(5):
        start(delivery, MembershipFactory(academy=cast.harbour.academy))
    assert close_overdue_attempts(now=NOW + minutes(90), limit=2) == 2
    monkeypatch.setattr(actions, "SWEEP", 2)
    real = actions.close_overdue_attempts
    monkeypatch.setattr(actions, "close_overdue_attempts", lambda *, now: real(now=now, limit=2))
    with time_machine.travel(NOW + minutes(90), tick=False):
        task()
    assert not Attempt.objects.filter(state="in_progress").exists()


def test_one_attempt_that_cannot_be_closed_does_not_hold_up_the_others(cast, monkeypatch):
    delivery = make_delivery(make_plain_form(cast.harbour.academy, 2))
    broken, fine = (start(delivery, MembershipFactory(academy=cast.harbour.academy)) for _ in range(2))
    real = actions.steps_digest

    def digest(attempt):
        if attempt == broken.pk:
            raise RuntimeError("disk")
        return real(attempt)

    monkeypatch.setattr(actions, "steps_digest", digest)
    assert close_overdue_attempts(now=NOW + minutes(90)) == 1
    assert Attempt.objects.get(pk=fine.pk).state == "submitted"
    assert Attempt.objects.get(pk=broken.pk).state == "in_progress"
    assert not submissions_of(broken).exists()
    monkeypatch.undo()
    assert close_overdue_attempts(now=NOW + minutes(91)) == 1


def test_an_attempt_without_a_limit_is_never_closed_by_the_clock(cast):
    delivery = make_delivery(make_plain_form(cast.harbour.academy, 2), time_limit_seconds=None)
    start(delivery, cast.harbour.learner.membership)
    assert close_overdue_attempts(now=NOW + timedelta(days=400)) == 0


def test_starting_again_hands_in_what_ran_out_and_begins_the_next(cast, api, delivery, attempt):
    """Before the sweeper has come by."""
    client = api(cast.harbour.learner)
    with time_machine.travel(NOW + minutes(61), tick=False):
        again = client.post(f"/api/v1/academies/harbour/assigned/{delivery.pk}/attempts/", {})
    assert again.status_code == 201, again.json()
    assert again.json()["attempt"]["number"] == 2
    attempt.refresh_from_db()
    assert (attempt.state, attempt.closed_by) == ("submitted", "clock")


def test_what_ran_out_counts_as_used_when_the_learner_starts_again(cast, api, delivery, attempt):
    delivery.attempts_allowed = 1
    delivery.save()
    with time_machine.travel(NOW + minutes(61), tick=False):
        refused = api(cast.harbour.learner).post(f"/api/v1/academies/harbour/assigned/{delivery.pk}/attempts/", {})
    assert refused.json()["code"] == "no_attempts_left"


# Abandoned


@pytest.fixture
def paused(cast, delivery, attempt):
    """Paused, in a window that closes a day after it was started."""
    delivery.closes_at = NOW + timedelta(days=1)
    delivery.save()
    return pause_attempt(
        attempt=attempt.pk, reason="Ill", actor=cast.harbour.instructor.membership, now=NOW + minutes(5)
    )


def test_a_paused_attempt_is_abandoned_a_week_after_its_window_has_closed(paused):
    week_after = NOW + timedelta(days=8)
    assert close_overdue_attempts(now=week_after - timedelta(seconds=1)) == 0
    assert close_overdue_attempts(now=week_after) == 1
    assert close_overdue_attempts(now=week_after) == 0
    paused.refresh_from_db()
    assert (paused.state, paused.closed_by, paused.submitted_at) == ("abandoned", "clock", week_after)
    entry = JournalEntry.objects.get(subject_id=str(paused.pk), kind="exams.attempt_abandoned")
    assert entry.payload["steps_digest"] == paused.steps_digest != ""
    assert paused.steps.order_by("-id")[0].kind == "abandoned"
    assert mark_submitted_attempts(now=week_after) == 0


def test_an_abandoned_attempt_has_no_result_and_takes_no_answer(cast, api, paused):
    week_after = NOW + timedelta(days=8)
    close_overdue_attempts(now=week_after)
    with time_machine.travel(week_after, tick=False):
        assert Browser.of(paused).answer(1, {"choice": "a"}).json()["code"] == "attempt_closed"
        shown = api(cast.harbour.learner).get(f"/api/v1/academies/harbour/attempts/{paused.pk}/").json()
    assert shown["result"]["available_reason"] == "never"


def test_what_was_resumed_is_not_abandoned(cast, paused):
    resume_attempt(attempt=paused.pk, actor=cast.harbour.instructor.membership, now=NOW + timedelta(days=3))
    assert Attempt.objects.forgotten(before=NOW + timedelta(days=1)).count() == 0


def test_a_paused_attempt_of_an_exam_without_a_window_waits_for_ever(cast, attempt):
    pause_attempt(attempt=attempt.pk, reason="Ill", actor=cast.harbour.instructor.membership, now=NOW + minutes(5))
    assert close_overdue_attempts(now=NOW + timedelta(days=400)) == 0
