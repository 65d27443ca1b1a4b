"""What a learner sees of a result, and when: what × when × state."""

import itertools
from datetime import timedelta

import pytest
import time_machine

from accounts.models import JournalEntry
from exams.delivery.models import Attempt, Delivery
from exams.delivery.policy import visibility_of
from tests.factories.exams import NOW, hand_in, make_delivery, minutes, right_answers, sit, start

pytestmark = pytest.mark.django_db

CLOSES = NOW + timedelta(days=1)
What, When, State = Delivery.ReviewWhat, Delivery.ReviewWhen, Attempt.State
UNMARKED = [State.CREATED, State.IN_PROGRESS, State.PAUSED, State.SUBMITTED, State.MARKING]
LOST = [State.EXPIRED, State.ABANDONED, State.TERMINATED, State.VOIDED]


def seen(*, what=What.ANSWERS, when=When.AT_ONCE, state=State.MARKED, now=NOW, closes_at=CLOSES, released_at=None):
    delivery = Delivery(review_what=what, review_when=when, closes_at=closes_at, released_at=released_at)
    return visibility_of(state=state, delivery=delivery, now=now)


@pytest.mark.parametrize(("when", "state"), list(itertools.product(When, State)))
def test_nothing_is_never_shown(when, state):
    found = seen(what=What.NOTHING, when=when, state=state, now=CLOSES, released_at=NOW)
    assert (found.is_available, found.reason) == (False, "never")


@pytest.mark.parametrize(
    ("what", "when", "state"), list(itertools.product([What.SCORE, What.DOMAINS, What.ANSWERS], When, UNMARKED + LOST))
)
def test_only_what_is_marked_is_shown(what, when, state):
    found = seen(what=what, when=when, state=state, now=CLOSES, released_at=NOW)
    assert not found.is_available
    assert not found.shows_answers
    assert found.reason == ("never" if state in LOST else "not_marked")


@pytest.mark.parametrize("state", [State.MARKED, State.RELEASED])
@pytest.mark.parametrize(
    ("what", "shows"), [(What.SCORE, (True, False, False)), (What.DOMAINS, (True, True, False)),
                        (What.ANSWERS, (True, True, True))]
)  # fmt: skip
@pytest.mark.parametrize(
    ("when", "now", "released_at", "reason"),
    [
        (When.AT_ONCE, NOW, None, "now"),
        (When.AFTER_WINDOW, CLOSES - timedelta(microseconds=1), None, "after_window"),
        (When.AFTER_WINDOW, CLOSES, None, "now"),
        (When.AFTER_WINDOW, NOW, NOW, "now"),
        (When.ON_RELEASE, CLOSES, None, "on_release"),
        (When.ON_RELEASE, NOW, NOW, "now"),
    ],
)
def test_the_policy_says_what_and_when(state, what, shows, when, now, released_at, reason):
    found = seen(what=what, when=when, state=state, now=now, released_at=released_at)
    assert found.reason == reason
    expected = shows if reason == "now" else (False, False, False)
    assert (found.shows_score, found.shows_domains, found.shows_answers) == expected
    assert found.available_at == (CLOSES if reason == "after_window" else None)


def test_a_result_that_waits_for_a_window_without_end_waits_for_the_release():
    assert seen(when=When.AFTER_WINDOW, closes_at=None).reason == "after_window"
    assert seen(when=When.AFTER_WINDOW, closes_at=None, released_at=NOW).is_available


# Through the API


@pytest.fixture
def marked(cast, delivery):
    return sit(delivery, cast.harbour.learner.membership, right_answers(delivery.form))


def pages(client, attempt, academy="harbour"):
    base = f"/api/v1/academies/{academy}/attempts/{attempt.pk}/"
    return [client.get(f"{base}{page}") for page in ("", "result/", "review/")]


def decide(delivery, **policy):
    Delivery.objects.filter(pk=delivery.pk).update(**policy)


def test_result_and_review_follow_the_policy(cast, api, delivery, marked):
    client = api(cast.harbour.learner)
    with time_machine.travel(NOW + minutes(5), tick=False):
        decide(delivery, review_what="score")
        shown, result, review = pages(client, marked)
        assert shown.json()["result"]["scaled"] == 900
        assert result.status_code == 200
        assert result.json()["domains"] == []
        assert {item["fraction"] for item in result.json()["items"]} == {None}
        assert (review.status_code, review.json()["code"]) == (403, "review_not_available")

        decide(delivery, review_what="domains")
        _, result, review = pages(client, marked)
        assert len(result.json()["domains"]) == 2
        assert review.status_code == 403

        decide(delivery, review_what="answers", review_when="after_window", closes_at=CLOSES)
        shown, result, review = pages(client, marked)
        assert shown.json()["result"] == {
            "available": False,
            "available_reason": "after_window",
            "available_at": "2026-03-03T09:00:00Z",
            "scaled": None,
            "passed": None,
            "label": None,
        }
        assert (result.status_code, result.json()["code"]) == (403, "result_not_available")
        assert result.json()["reason"] == "after_window"
        assert result.json()["available_at"].startswith("2026-03-03T09:00:00")
        assert (review.status_code, review.json()["code"]) == (403, "review_not_available")
    with time_machine.travel(CLOSES, tick=False):
        assert [page.status_code for page in pages(client, marked)] == [200, 200, 200]


def test_those_who_teach_see_a_marked_attempt_whatever_the_policy(cast, api, delivery, marked):
    decide(delivery, review_what="nothing", review_when="on_release")
    _, result, review = pages(api(cast.harbour.instructor), marked)
    assert (result.status_code, review.status_code) == (200, 200)
    assert len(review.json()["items"]) == 8


def test_nobody_sees_the_result_of_an_open_attempt(cast, api, attempt):
    for person in (cast.harbour.learner, cast.harbour.instructor):
        _, result, review = pages(api(person), attempt)
        assert (result.status_code, result.json()["reason"]) == (403, "not_marked")
        assert review.status_code == 403


def test_outsiders_and_other_learners_do_not_learn_that_an_attempt_exists(cast, api, marked):
    for person in (cast.outsider, cast.staff, cast.meridian.owner, cast.harbour.other_learner):
        assert {page.status_code for page in pages(api(person), marked)} == {404}
    assert {page.status_code for page in pages(api(cast.meridian.owner), marked, "meridian")} == {404}
    assert {page.status_code for page in pages(api(cast.anonymous), marked)} == {401}


def test_release_opens_results_once_and_says_so(cast, api, delivery, marked):
    decide(delivery, review_when="on_release")
    Attempt.objects.filter(pk=marked.pk).update(state="marked")
    learner, path = api(cast.harbour.learner), f"/api/v1/academies/harbour/deliveries/{delivery.pk}/release/"
    assert pages(learner, marked)[1].status_code == 403
    assert api(cast.harbour.learner).post(path, {}).status_code == 403
    assert api(cast.meridian.owner).post(path, {}).status_code == 404
    with time_machine.travel(NOW + minutes(5), tick=False):
        first = api(cast.harbour.instructor).post(path, {})
    with time_machine.travel(NOW + minutes(6), tick=False):
        second = api(cast.harbour.instructor).post(path, {})
    assert first.json()["released_at"] == second.json()["released_at"] == "2026-03-02T09:05:00Z"
    assert pages(learner, marked)[1].status_code == 200
    assert Attempt.objects.get(pk=marked.pk).state == "released"
    assert JournalEntry.objects.filter(subject_id=str(delivery.pk), kind="exams.results_released").count() == 1


def test_what_is_marked_after_the_release_is_released(cast, delivery):
    decide(delivery, review_when="on_release", released_at=NOW)
    attempt = start(delivery, cast.harbour.learner.membership)
    assert hand_in(attempt).state == "released"


@pytest.mark.parametrize(
    ("when", "state"), [("at_once", "released"), ("after_window", "marked"), ("on_release", "marked")]
)
def test_marking_releases_what_is_shown_at_once(cast, delivery, when, state):
    decide(delivery, review_when=when)
    assert hand_in(start(delivery, cast.harbour.learner.membership)).state == state


def test_two_deliveries_of_a_form_have_policies_of_their_own(cast, api, delivery, marked):
    strict = make_delivery(delivery.form, review_what="nothing")
    other = sit(strict, cast.harbour.learner.membership, {})
    client = api(cast.harbour.learner)
    assert pages(client, marked)[1].status_code == 200
    assert pages(client, other)[1].json()["reason"] == "never"
