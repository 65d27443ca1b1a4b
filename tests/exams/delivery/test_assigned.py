"""What is assigned to a learner, and what they have sat."""

from datetime import timedelta

import pytest
import time_machine

from exams.delivery.models import Attempt
from exams.delivery.supervision import void_attempt
from tests.exams.clients import Browser
from tests.exams.statements import Statements
from tests.factories.academies import CohortFactory
from tests.factories.exams import NOW, hand_in, make_delivery, make_one_of_each, make_plain_form, minutes, sit, start

pytestmark = pytest.mark.django_db

ASSIGNED = "/api/v1/academies/harbour/assigned/"
ATTEMPTS = "/api/v1/academies/harbour/attempts/"


def at(after=timedelta()):
    return time_machine.travel(NOW + after, tick=False)


def rows(client, path=ASSIGNED, **filters):
    response = client.get(path, filters)
    assert response.status_code == 200, response.json()
    return response.json()["results"]


def state_of(client, delivery):
    (row,) = (row for row in rows(client) if row["id"] == str(delivery.pk))
    assert client.get(f"{ASSIGNED}{delivery.pk}/").json()["state"] == row["state"]
    assert str(delivery.pk) in {found["id"] for found in rows(client, state=row["state"])}
    return row["state"]


def test_an_exam_goes_from_upcoming_through_open_and_in_progress_to_done(cast, api, delivery):
    delivery.opens_at, delivery.closes_at, delivery.attempts_allowed = NOW, NOW + minutes(60), 2
    delivery.save()
    client, learner = api(cast.harbour.learner), cast.harbour.learner.membership
    with at(-timedelta(microseconds=1)):
        assert state_of(client, delivery) == "upcoming"
    with at():
        assert state_of(client, delivery) == "open"
        first = start(delivery, learner)
        assert state_of(client, delivery) == "in_progress"
        hand_in(first)
        assert state_of(client, delivery) == "open", "one attempt is left"
        hand_in(start(delivery, learner))
        assert state_of(client, delivery) == "done"
    with at(minutes(60)):
        assert state_of(client, delivery) == "done"
        assert state_of(api(cast.harbour.other_learner), delivery) == "closed"
    with at(minutes(60) - timedelta(microseconds=1)):
        assert state_of(api(cast.harbour.other_learner), delivery) == "open"


def test_an_attempt_that_was_voided_may_be_sat_again(cast, api):
    delivery = make_delivery(make_one_of_each(cast.harbour.academy), attempts_allowed=1)
    learner, client = cast.harbour.learner.membership, api(cast.harbour.learner)
    attempt = sit(delivery, learner, {})
    assert state_of(client, delivery) == "done"
    void_attempt(attempt=attempt.pk, reason="Wrong exam", actor=cast.staff.account, now=NOW)
    assert state_of(client, delivery) == "open"
    assert start(delivery, learner).number == 2


def test_what_is_assigned_says_how_it_is_sat(cast, api):
    form = make_one_of_each(cast.harbour.academy, sections=2, section_seconds=600)
    delivery = make_delivery(form, title="Mock", navigation="linear", instructions_html="<p>Read.</p>")
    with at():
        shown = api(cast.harbour.learner).get(f"{ASSIGNED}{delivery.pk}/").json()
    assert shown == {
        "id": str(delivery.pk),
        "title": "Mock",
        "state": "open",
        "opens_at": None,
        "closes_at": None,
        "time_limit_seconds": 3600,
        "item_count": 8,
        "sections": [
            {"title": "Section 1", "item_count": 4, "time_limit_seconds": 600},
            {"title": "Section 2", "item_count": 4, "time_limit_seconds": 600},
        ],
        "attempts_allowed": 3,
        "attempts_used": 0,
        "open_attempt": None,
        "last_attempt": None,
        "last_result_available": False,
        "instructions_html": "<p>Read.</p>",
        "navigation": "linear",
        "display": "item",
        "shuffle": False,
        "review": {"what": "answers", "when": "at_once"},
        "pass_mark": {"scaled": 700.0, "label": "Score"},
    }


def test_the_list_names_the_open_and_the_last_attempt(cast, api, delivery):
    client, learner = api(cast.harbour.learner), cast.harbour.learner.membership
    first = start(delivery, learner)
    (row,) = rows(client)
    assert (row["open_attempt"], row["last_attempt"], row["attempts_used"]) == (str(first.pk), str(first.pk), 1)
    hand_in(first)
    second = start(delivery, learner)
    (row,) = rows(client)
    assert (row["open_attempt"], row["last_attempt"], row["attempts_used"]) == (str(second.pk), str(second.pk), 2)
    assert row["last_result_available"] is False
    hand_in(second)
    (row,) = rows(client)
    assert (row["open_attempt"], row["last_result_available"]) == (None, True)


def test_a_cohorts_exam_is_assigned_to_its_learners_alone(cast, api):
    form = make_plain_form(cast.harbour.academy, 2)
    make_delivery(form, title="Ours", cohort=cast.harbour.cohort)
    hidden = make_delivery(form, title="Theirs", cohort=CohortFactory(academy=cast.harbour.academy))
    client = api(cast.harbour.learner)
    assert [row["title"] for row in rows(client)] == ["Ours"]
    assert client.get(f"{ASSIGNED}{hidden.pk}/").status_code == 404
    with at():
        assert client.post(f"{ASSIGNED}{hidden.pk}/attempts/", {}).status_code == 404


def test_a_learner_who_leaves_the_cohort_finishes_what_runs(cast, api, delivery, attempt):
    delivery.cohort = CohortFactory(academy=cast.harbour.academy)
    delivery.save()
    client = api(cast.harbour.learner)
    with at():
        assert rows(client) == []
        assert client.get(f"{ATTEMPTS}{attempt.pk}/sitting/").status_code == 200


def test_lists_are_searched_filtered_and_ordered(cast, api):
    form = make_plain_form(cast.harbour.academy, 2)
    for number, title in enumerate(("Networks", "Security", "Systems")):
        make_delivery(form, title=title, created_at=NOW + minutes(number), closes_at=NOW + minutes(10 - number))
    client = api(cast.harbour.learner)
    with at():
        assert [row["title"] for row in rows(client)] == ["Systems", "Security", "Networks"]
        assert [row["title"] for row in rows(client, ordering="closes_at")] == ["Systems", "Security", "Networks"]
        assert [row["title"] for row in rows(client, ordering="-title")] == ["Systems", "Security", "Networks"]
        assert [row["title"] for row in rows(client, search="SEC")] == ["Security"]
        assert rows(client, state="done") == []
    refused = client.get(ASSIGNED, {"state": "nonsense"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "state")
    assert client.get(ASSIGNED, {"ordering": "secret"}).json()["errors"][0]["field"] == "ordering"


def test_history_is_filtered_by_exam_state_and_title(cast, api):
    form = make_plain_form(cast.harbour.academy, 2)
    networks, security = (make_delivery(form, title=title) for title in ("Networks", "Security"))
    learner = cast.harbour.learner.membership
    sit(networks, learner, {1: {"choice": "a"}})
    sit(networks, learner, {}, now=NOW + minutes(1))
    start(security, learner, now=NOW + minutes(2))
    sit(security, cast.harbour.other_learner.membership, {})
    client = api(cast.harbour.learner)

    def found(**filters):
        return [(row["delivery"]["title"], row["number"]) for row in rows(client, ATTEMPTS, **filters)]

    assert found() == [("Security", 1), ("Networks", 2), ("Networks", 1)]
    assert found(delivery=str(networks.pk)) == [("Networks", 2), ("Networks", 1)]
    assert found(state="in_progress") == [("Security", 1)]
    assert found(search="net") == [("Networks", 2), ("Networks", 1)]
    assert found(ordering="started_at")[0] == ("Networks", 1)
    assert client.get(ATTEMPTS, {"delivery": "x"}).json()["errors"][0]["field"] == "delivery"
    assert client.get(ATTEMPTS, {"state": "x"}).json()["errors"][0]["field"] == "state"
    assert [row["result"]["scaled"] for row in rows(client, ATTEMPTS)] == [None, 100, 500]


@pytest.mark.parametrize("path", [ASSIGNED, ATTEMPTS])
@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("learner", 200),
        ("instructor", 403),
        ("foreign_owner", 404),
        ("outsider", 404),
        ("staff", 404),
        ("anonymous", 401),
    ],
)
def test_only_those_who_sit_exams_have_them_assigned(cast, api, path, person, status):
    assert api(cast.everybody()[person]).get(path).status_code == status


def test_the_list_of_assigned_exams_takes_as_many_statements_for_any_length(cast, api):
    """Of as many forms, none of which any process has in memory."""
    client = api(cast.harbour.learner)
    counts = []
    for many in (2, 10):
        for _ in range(many):
            sit(make_delivery(make_plain_form(cast.harbour.academy, 2)), cast.harbour.learner.membership, {})
            make_delivery(make_plain_form(cast.harbour.academy, 2))
        with Statements() as statements:
            assert rows(client)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_the_history_takes_as_many_statements_for_any_length(cast, api):
    client, counts = api(cast.harbour.learner), []
    for many in (2, 10):
        for _ in range(many):
            sit(make_delivery(make_plain_form(cast.harbour.academy, 2)), cast.harbour.learner.membership, {})
        with Statements() as statements:
            assert rows(client, ATTEMPTS)
        counts.append(len(statements))
    assert counts[0] == counts[1]


# The window


def test_the_window_ends_a_running_attempt(cast, api, delivery):
    delivery.closes_at = NOW + minutes(30)
    delivery.save()
    assert start(delivery, cast.harbour.learner.membership).deadline_at == NOW + minutes(30)


def test_an_attempt_can_be_started_at_the_very_opening_and_until_just_before_the_close(cast, api, delivery):
    delivery.opens_at, delivery.closes_at = NOW, NOW + minutes(30)
    delivery.save()
    for person, after, status in (
        (cast.harbour.learner, -timedelta(microseconds=1), 409),
        (cast.harbour.learner, timedelta(), 201),
        (cast.harbour.other_learner, minutes(30) - timedelta(microseconds=1), 201),
    ):
        with at(after):
            assert api(person).post(f"{ASSIGNED}{delivery.pk}/attempts/", {}).status_code == status
    last = Attempt.objects.get(learner=cast.harbour.other_learner.account)
    assert last.deadline_at == NOW + minutes(30)


def test_an_open_attempt_is_found_again_after_the_window_has_closed(cast, api, delivery, attempt):
    """It was started without one: what a learner sits under stays as it was."""
    delivery.closes_at = NOW + minutes(5)
    delivery.save()
    with at(minutes(6)):
        again = api(cast.harbour.learner).post(f"{ASSIGNED}{delivery.pk}/attempts/", {})
    assert (again.status_code, again.json()["attempt"]["id"]) == (200, str(attempt.pk))


def test_starting_takes_no_fields(cast, api, delivery):
    with at():
        refused = api(cast.harbour.learner).post(f"{ASSIGNED}{delivery.pk}/attempts/", {"number": 9})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "number")


def test_the_sitting_of_a_closed_attempt_cannot_be_opened(cast, api, attempt):
    hand_in(attempt)
    with at(minutes(1)):
        refused = api(cast.harbour.learner).get(f"{ATTEMPTS}{attempt.pk}/sitting/")
    assert (refused.status_code, refused.json()["code"]) == (409, "attempt_closed")


def test_opening_the_exam_elsewhere_shows_every_answer_and_the_right_remaining_time(cast, api, attempt):
    browser = Browser.of(attempt)
    with at(minutes(10)):
        browser.answer(1, {"choice": "b"}, 4, flagged=True, seconds=31)
        browser.answer(2, None, 5)
    with at(minutes(20)):
        sitting = api(cast.harbour.learner).get(f"{ATTEMPTS}{attempt.pk}/sitting/").json()
    assert sitting["responses"] == {
        "1": {"sequence": 4, "answer": {"choice": "b"}, "flagged": True, "seconds": 31, "seen": True},
        "2": {"sequence": 5, "answer": None, "flagged": False, "seconds": 0, "seen": True},
    }
    assert (sitting["server_time"], sitting["deadline_at"]) == ("2026-03-02T09:20:00Z", "2026-03-02T10:00:00Z")
    assert attempt.steps.filter(kind="resumed_sitting").count() == 1
