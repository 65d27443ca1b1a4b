"""The list that a supervisor watches."""

import pytest
import time_machine

from tests.exams.clients import Browser
from tests.exams.statements import Statements
from tests.factories.academies import MembershipFactory
from tests.factories.exams import NOW, answer, hand_in, minutes, right_answers, start

pytestmark = pytest.mark.django_db


def path_of(delivery):
    return f"/api/v1/academies/harbour/deliveries/{delivery.pk}/attempts/"


def at(after):
    return time_machine.travel(NOW + after, tick=False)


def test_a_supervisor_sees_who_sits_and_how_far_they_are(cast, api, delivery, attempt):
    browser = Browser.of(attempt)
    with at(minutes(10)):
        browser.answer(1, {"choice": "a"})
        browser.answer(2, {"choices": ["a"]})
        browser.answer(2, None, 2)
        browser.steps({"kind": "focus_lost"}, {"kind": "viewed"}, {"kind": "went_offline"})
    with at(minutes(11)):
        (row,) = api(cast.harbour.instructor).get(path_of(delivery)).json()["results"]
    learner = cast.harbour.learner.account
    assert row == {
        "id": str(attempt.pk),
        "learner": {"id": str(learner.pk), "name": learner.name, "email": learner.email},
        "number": 1,
        "state": "in_progress",
        "started_at": "2026-03-02T09:00:00Z",
        "submitted_at": None,
        "deadline_at": "2026-03-02T10:00:00Z",
        "remaining_seconds": 49 * 60,
        "answered": 1,  # the second answer was taken back
        "total": 8,
        "last_seen_at": "2026-03-02T09:10:00Z",
        "extra_minutes": 0,
        "incidents": 2,
        "score": None,
    }


def test_a_marked_attempt_shows_its_score(cast, api, delivery, attempt):
    for slot, given in right_answers(delivery.form).items():
        answer(attempt, slot, given)
    hand_in(attempt)
    (row,) = api(cast.harbour.instructor).get(path_of(delivery)).json()["results"]
    assert row["score"] == {"raw": 8.0, "raw_max": 8.0, "scaled": 900.0, "passed": True}
    assert row["remaining_seconds"] is None


def test_the_list_is_filtered_and_searched(cast, api, delivery, attempt):
    hand_in(start(delivery, cast.harbour.other_learner.membership))
    client = api(cast.harbour.instructor)

    def found(**filters):
        return [row["id"] for row in client.get(path_of(delivery), filters).json()["results"]]

    assert len(found()) == 2
    assert found(state="in_progress") == [str(attempt.pk)]
    assert found(search=cast.harbour.learner.account.email.upper()) == [str(attempt.pk)]
    assert found(search="nobody at all") == []
    assert client.get(path_of(delivery), {"state": "x"}).json()["errors"][0]["field"] == "state"


def test_while_only_the_time_passes_the_answer_is_not_modified(cast, api, delivery, attempt):
    client = api(cast.harbour.instructor)
    with at(minutes(10)):
        tag = client.get(path_of(delivery)).headers["ETag"]
    with at(minutes(11)):
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            same = client.get(path_of(delivery), HTTP_IF_NONE_MATCH=known)
            assert (same.status_code, same.headers["ETag"], same.content) == (304, tag, b""), known
        assert client.get(path_of(delivery), HTTP_IF_NONE_MATCH='"other"').status_code == 200
        Browser.of(attempt).answer(1, {"choice": "a"})
        changed = client.get(path_of(delivery), HTTP_IF_NONE_MATCH=tag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_a_further_page_is_a_change(cast, api, delivery, attempt):
    client = api(cast.harbour.instructor)
    first = client.get(path_of(delivery), {"page_size": 1})
    start(delivery, cast.harbour.other_learner.membership, now=NOW - minutes(1))
    second = client.get(path_of(delivery), {"page_size": 1}, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert second.status_code == 200
    assert second.json()["results"] == first.json()["results"]
    assert second.json()["next"]


def test_the_list_takes_as_many_statements_for_any_length(cast, api, delivery):
    client, counts = api(cast.harbour.instructor), []
    for many in (2, 10):
        for _ in range(many):
            attempt = start(delivery, MembershipFactory(academy=cast.harbour.academy))
            answer(attempt, 1, {"choice": "a"})
            hand_in(attempt)
        with Statements() as statements:
            assert client.get(path_of(delivery)).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("owner", 200),
        ("instructor", 200),
        ("learner", 403),
        ("foreign_owner", 404),
        ("outsider", 404),
        ("staff", 404),
        ("anonymous", 401),
    ],
)
def test_only_those_who_supervise_watch(cast, api, delivery, attempt, person, status):
    assert api(cast.everybody()[person]).get(path_of(delivery)).status_code == status
