"""A learner sits an exam through the API, from the list of what is assigned to the submission."""

from datetime import timedelta

import pytest
import time_machine

from exams.delivery.models import Attempt, AttemptStep, Response
from tests.factories.exams import NOW, make_delivery, make_one_of_each, minutes, right_answers, start, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(cast):
    return make_delivery(make_one_of_each(cast.harbour.academy))


@pytest.fixture
def attempt(cast, delivery):
    return start(delivery, cast.harbour.learner.membership)


def put(client, attempt, slot, answer, sequence, **extra):
    return client.put(
        f"/api/v1/sittings/{attempt.pk}/responses/{slot}/",
        {"sequence": sequence, "answer": answer, **extra},
        **token_of(attempt),
    )


def test_learner_sits_an_exam_from_list_to_result(cast, api, delivery):
    client = api(cast.harbour.learner)
    with time_machine.travel(NOW, tick=False) as clock:
        listed = client.get("/api/v1/academies/harbour/assigned/").json()["results"]
        assert [row["state"] for row in listed] == ["open"]

        started = client.post(f"/api/v1/academies/harbour/assigned/{delivery.pk}/attempts/", {})
        assert started.status_code == 201, started.json()
        sitting = started.json()
        assert len(sitting["items"]) == 8
        assert "key" not in str(sitting["items"])
        headers = {"HTTP_AUTHORIZATION": f"Attempt {sitting['token']}"}
        path = f"/api/v1/sittings/{sitting['attempt']['id']}"

        for slot, answer in right_answers(delivery.form).items():
            clock.shift(20)
            saved = client.put(
                f"{path}/responses/{slot}/", {"sequence": slot, "answer": answer, "seconds": 20}, **headers
            )
            assert saved.status_code == 200, saved.json()
            assert saved.json()["saved"] is True

        resumed = client.get(f"/api/v1/academies/harbour/attempts/{sitting['attempt']['id']}/sitting/").json()
        assert resumed["responses"]["1"]["answer"] == {"choice": "a"}
        assert len(resumed["responses"]) == 8

        submitted = client.post(f"{path}/submission/", {}, **headers)
        assert submitted.status_code == 200, submitted.json()
        assert submitted.json()["answered"] == 8
        assert submitted.json()["attempt"]["state"] == "released"

        result = client.get(f"/api/v1/academies/harbour/attempts/{sitting['attempt']['id']}/result/").json()
        assert result["percent"] == 100
        assert result["scaled"] == 900
        assert result["passed"] is True
        assert result["seconds_total"] == 160
        assert [domain["percent"] for domain in result["domains"]] == [100, 100]

        review = client.get(f"/api/v1/academies/harbour/attempts/{sitting['attempt']['id']}/review/").json()
        assert all(item["fraction"] == 1 for item in review["items"])
        assert review["items"][0]["key"] == {"choice": "a"}


def test_stale_sequence_changes_nothing_and_says_so(cast, api, attempt):
    client = api(cast.anonymous)
    with time_machine.travel(NOW + minutes(1), tick=False):
        assert put(client, attempt, 1, {"choice": "b"}, 5).status_code == 200
        stale = put(client, attempt, 1, {"choice": "c"}, 4)
        assert stale.status_code == 409
        assert stale.json()["code"] == "stale_sequence"
        assert stale.json()["sequence"] == 5
        assert stale.json()["answer"] == {"choice": "b"}
    assert Response.objects.get(attempt=attempt, slot=1).answer == {"choice": "b"}
    assert AttemptStep.objects.filter(attempt=attempt, kind="answered").count() == 1


def test_repeat_of_a_saved_answer_is_acknowledged_again(cast, api, attempt):
    client = api(cast.anonymous)
    with time_machine.travel(NOW + minutes(1), tick=False):
        assert put(client, attempt, 1, {"choice": "b"}, 5).status_code == 200
        assert put(client, attempt, 1, {"choice": "b"}, 5).status_code == 200
        assert put(client, attempt, 1, {"choice": "c"}, 5).status_code == 409


def test_answers_on_their_way_are_taken_during_the_grace_and_refused_after(cast, api, attempt, settings):
    client = api(cast.anonymous)
    deadline = NOW + timedelta(hours=1)
    with time_machine.travel(deadline + settings.ANSWER_GRACE - timedelta(seconds=1), tick=False):
        assert put(client, attempt, 1, {"choice": "a"}, 1).status_code == 200
    with time_machine.travel(deadline + settings.ANSWER_GRACE, tick=False):
        refused = put(client, attempt, 1, {"choice": "b"}, 2)
        assert refused.status_code == 409
        assert refused.json()["code"] == "attempt_closed"
        assert refused.json()["closed_at"] == "2026-03-02T10:00:00Z"


@pytest.mark.parametrize(
    ("slot", "answer", "status", "code"),
    [
        (1, {"choice": "nope"}, 400, "validation_error"),
        (1, {"choices": ["a"]}, 400, "validation_error"),
        (1, "a", 400, "validation_error"),
        (1, {"choice": {"$ne": 1}}, 400, "validation_error"),
        (2, {"choices": ["a", "b", "d"]}, 400, "validation_error"),
        (4, {"pairs": {"1": "x", "2": "x"}}, 400, "validation_error"),
        (5, {"order": []}, 400, "validation_error"),
        (6, {"gaps": {"9": "x"}}, 400, "validation_error"),
        (7, {"text": "x" * 501}, 400, "validation_error"),
        (8, {"number": "1", "unit": "parsec"}, 400, "validation_error"),
        (99, {"choice": "a"}, 404, "not_found"),
    ],
)
def test_answer_that_does_not_fit_its_item_is_refused(cast, api, attempt, slot, answer, status, code):
    with time_machine.travel(NOW + minutes(1), tick=False):
        refused = put(api(cast.anonymous), attempt, slot, answer, 1)
    assert refused.status_code == status
    assert refused.json()["code"] == code
    assert not Response.objects.filter(attempt=attempt).exists()


def test_token_of_another_attempt_opens_nothing(cast, api, delivery, attempt):
    other = start(delivery, cast.harbour.other_learner.membership)
    with time_machine.travel(NOW + minutes(1), tick=False):
        refused = api(cast.harbour.learner).put(
            f"/api/v1/sittings/{other.pk}/responses/1/", {"sequence": 1, "answer": None}, **token_of(attempt)
        )
    assert refused.status_code == 401
    assert refused.json()["code"] == "token_invalid"


def test_two_tabs_start_one_attempt(cast, api, delivery):
    client = api(cast.harbour.learner)
    with time_machine.travel(NOW, tick=False):
        first = client.post(f"/api/v1/academies/harbour/assigned/{delivery.pk}/attempts/", {})
        second = client.post(f"/api/v1/academies/harbour/assigned/{delivery.pk}/attempts/", {})
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["attempt"]["id"] == second.json()["attempt"]["id"]


def test_no_more_attempts_than_allowed(cast, api, delivery):
    client = api(cast.harbour.learner)
    delivery.attempts_allowed = 1
    delivery.save()
    with time_machine.travel(NOW, tick=False):
        attempt = start(delivery, cast.harbour.learner.membership)
        client.post(f"/api/v1/sittings/{attempt.pk}/submission/", {}, **token_of(attempt))
        refused = client.post(f"/api/v1/academies/harbour/assigned/{delivery.pk}/attempts/", {})
    assert refused.status_code == 409
    assert refused.json()["code"] == "no_attempts_left"


def test_window_decides_when_an_attempt_may_start(cast, api, delivery):
    client = api(cast.harbour.learner)
    delivery.opens_at, delivery.closes_at = NOW, NOW + minutes(30)
    delivery.save()
    path = f"/api/v1/academies/harbour/assigned/{delivery.pk}/attempts/"
    with time_machine.travel(NOW - minutes(1), tick=False):
        assert client.post(path, {}).json()["code"] == "delivery_not_open"
    with time_machine.travel(NOW + minutes(30), tick=False):
        assert client.post(path, {}).json()["code"] == "delivery_not_open"
    with time_machine.travel(NOW + minutes(10), tick=False):
        started = client.post(path, {})
        assert started.status_code == 201
        assert started.json()["deadline_at"] == "2026-03-02T09:30:00Z"


def test_outsiders_learn_nothing_of_a_delivery_or_an_attempt(cast, api, delivery, attempt):
    for person in (cast.outsider, cast.meridian.owner, cast.meridian.learner):
        client = api(person)
        assert client.get("/api/v1/academies/harbour/assigned/").status_code == 404
        assert client.post(f"/api/v1/academies/harbour/assigned/{delivery.pk}/attempts/", {}).status_code == 404
        assert client.get(f"/api/v1/academies/harbour/attempts/{attempt.pk}/").status_code == 404
    own = api(cast.meridian.learner)
    assert own.get(f"/api/v1/academies/meridian/attempts/{attempt.pk}/").status_code == 404
    assert own.post(f"/api/v1/academies/meridian/assigned/{delivery.pk}/attempts/", {}).status_code == 404


def test_another_learner_does_not_see_the_attempt(cast, api, attempt):
    client = api(cast.harbour.other_learner)
    assert client.get(f"/api/v1/academies/harbour/attempts/{attempt.pk}/").status_code == 404
    assert client.get(f"/api/v1/academies/harbour/attempts/{attempt.pk}/sitting/").status_code == 404


def test_handing_in_twice_changes_nothing(cast, api, attempt):
    client = api(cast.anonymous)
    with time_machine.travel(NOW + minutes(5), tick=False):
        first = client.post(f"/api/v1/sittings/{attempt.pk}/submission/", {}, **token_of(attempt))
    with time_machine.travel(NOW + minutes(6), tick=False):
        second = client.post(f"/api/v1/sittings/{attempt.pk}/submission/", {}, **token_of(attempt))
        late = put(client, attempt, 1, {"choice": "a"}, 1)
    assert first.json()["attempt"] == second.json()["attempt"]
    assert late.json()["code"] == "attempt_closed"
    assert AttemptStep.objects.filter(attempt=attempt, kind="submitted").count() == 1
    assert attempt.scores.count() == 1
    assert Attempt.objects.get(pk=attempt.pk).closed_by == "learner"
