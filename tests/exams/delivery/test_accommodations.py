"""More time and more attempts for single learners."""

from decimal import Decimal

import pytest
import time_machine

from accounts.models import JournalEntry
from exams.delivery.models import Accommodation
from tests.exams.statements import Statements
from tests.factories.academies import MembershipFactory
from tests.factories.exams import NOW, hand_in, make_delivery, make_one_of_each, start

pytestmark = pytest.mark.django_db

PATH = "/api/v1/academies/harbour/accommodations/"


def grant(client, member, **fields):
    return client.post(PATH, {"member": str(member.pk), **fields})


def sitting_of(client, delivery):
    with time_machine.travel(NOW, tick=False):
        return client.post(f"/api/v1/academies/harbour/assigned/{delivery.pk}/attempts/", {}).json()


def test_a_time_factor_lengthens_the_exam_of_that_learner_alone(cast, api, delivery):
    granted = grant(api(cast.harbour.instructor), cast.harbour.learner.membership, time_factor="1.25")
    assert granted.status_code == 201, granted.json()
    assert granted.json()["time_factor"] == "1.25"
    assert granted.json()["delivery"] is None
    assert sitting_of(api(cast.harbour.learner), delivery)["deadline_at"] == "2026-03-02T10:15:00Z"
    assert sitting_of(api(cast.harbour.other_learner), delivery)["deadline_at"] == "2026-03-02T10:00:00Z"


def test_the_window_ends_even_a_longer_time(cast, api, delivery):
    delivery.closes_at = NOW.replace(hour=9, minute=50)
    delivery.save()
    grant(api(cast.harbour.instructor), cast.harbour.learner.membership, time_factor="2")
    assert sitting_of(api(cast.harbour.learner), delivery)["deadline_at"] == "2026-03-02T09:50:00Z"


def test_of_a_grant_for_all_exams_and_one_for_this_exam_the_larger_holds(cast, api, delivery):
    member = cast.harbour.learner.membership
    client = api(cast.harbour.instructor)
    grant(client, member, time_factor="1.5", extra_attempts=0)
    grant(client, member, time_factor="1.25", extra_attempts=2, delivery=str(delivery.pk))
    shown = api(cast.harbour.learner).get(f"/api/v1/academies/harbour/assigned/{delivery.pk}/").json()
    assert shown["time_limit_seconds"] == 5400
    assert shown["attempts_allowed"] == 5


def test_a_grant_for_another_exam_says_nothing_about_this_one(cast, api, delivery):
    other = make_delivery(delivery.form)
    grant(api(cast.harbour.instructor), cast.harbour.learner.membership, time_factor="3", delivery=str(other.pk))
    shown = api(cast.harbour.learner).get(f"/api/v1/academies/harbour/assigned/{delivery.pk}/").json()
    assert shown["time_limit_seconds"] == 3600


def test_extra_attempts_may_be_used(cast, api):
    delivery = make_delivery(make_one_of_each(cast.harbour.academy), attempts_allowed=1)
    member = cast.harbour.learner.membership
    hand_in(start(delivery, member))
    client = api(cast.harbour.learner)
    path = f"/api/v1/academies/harbour/assigned/{delivery.pk}/attempts/"
    with time_machine.travel(NOW, tick=False):
        assert client.post(path, {}).json()["code"] == "no_attempts_left"
        grant(api(cast.harbour.instructor), member, extra_attempts=1)
        assert client.post(path, {}).status_code == 201


def test_a_second_grant_replaces_the_first(cast, api):
    client, member = api(cast.harbour.instructor), cast.harbour.learner.membership
    first = grant(client, member, time_factor="1.25", note="On paper")
    second = grant(client, member, time_factor="1.5")
    assert first.json()["id"] == second.json()["id"]
    held = Accommodation.objects.get()
    assert (held.time_factor, held.note) == (Decimal("1.5"), "")


def test_a_running_attempt_keeps_the_time_it_started_with(cast, api, attempt):
    grant(api(cast.harbour.instructor), cast.harbour.learner.membership, time_factor="2")
    deadline = attempt.deadline_at
    attempt.refresh_from_db()
    assert attempt.deadline_at == deadline


def test_grants_and_withdrawals_are_in_the_journal(cast, api):
    client, member = api(cast.harbour.instructor), cast.harbour.learner.membership
    granted = grant(client, member, time_factor="1.25").json()
    assert client.delete(f"{PATH}{granted['id']}/").status_code == 204
    assert not Accommodation.objects.exists()
    entries = JournalEntry.objects.filter(subject_id=str(member.pk)).order_by("id")
    assert [entry.kind for entry in entries] == ["exams.accommodation_granted", "exams.accommodation_withdrawn"]
    assert {entry.actor_id for entry in entries} == {cast.harbour.instructor.account.pk}
    assert client.delete(f"{PATH}{granted['id']}/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"time_factor": "0.5"}, "time_factor"),
        ({"time_factor": "5.01"}, "time_factor"),
        ({"time_factor": "1.255"}, "time_factor"),
        ({"time_factor": "NaN"}, "time_factor"),
        ({"time_factor": "much"}, "time_factor"),
        ({"extra_attempts": -1}, "extra_attempts"),
        ({"extra_attempts": 21}, "extra_attempts"),
        ({"note": "x" * 301}, "note"),
        ({"delivery": "nonsense"}, "delivery"),
        ({"delivery": "00000000-0000-4000-8000-000000000000"}, "delivery"),
        ({"member": "nonsense"}, "member"),
        ({"member": "00000000-0000-4000-8000-000000000000"}, "member"),
        ({"reason": "x"}, "reason"),
    ],
)
def test_what_is_wrong_with_a_grant_is_named(cast, api, fields, named):
    refused = api(cast.harbour.instructor).post(PATH, {"member": str(cast.harbour.learner.membership.pk), **fields})
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == [named]


def test_people_and_exams_of_other_academies_cannot_be_named(cast, api):
    client = api(cast.harbour.instructor)
    refused = grant(client, cast.meridian.learner.membership)
    assert [error["field"] for error in refused.json()["errors"]] == ["member"]
    foreign = make_delivery(make_one_of_each(cast.meridian.academy))
    refused = grant(client, cast.harbour.learner.membership, delivery=str(foreign.pk))
    assert [error["field"] for error in refused.json()["errors"]] == ["delivery"]


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("owner", 201),
        ("manager", 201),
        ("instructor", 201),
        ("learner", 403),
        ("foreign_owner", 404),
        ("outsider", 404),
        ("staff", 404),
        ("anonymous", 401),
    ],
)
def test_only_those_who_teach_grant_accommodations(cast, api, person, status):
    client = api(cast.everybody()[person])
    assert grant(client, cast.harbour.learner.membership).status_code == status
    assert client.get(PATH).status_code == (200 if status == 201 else status)


def test_another_academy_cannot_withdraw_a_grant(cast, api):
    granted = grant(api(cast.harbour.instructor), cast.harbour.learner.membership).json()
    stranger = api(cast.meridian.owner)
    assert stranger.delete(f"/api/v1/academies/meridian/accommodations/{granted['id']}/").status_code == 404
    assert api(cast.harbour.learner).delete(f"{PATH}{granted['id']}/").status_code == 403
    assert Accommodation.objects.exists()


def test_the_list_is_filtered_by_delivery_and_takes_constant_statements(cast, api, delivery):
    client = api(cast.harbour.instructor)
    counts = []
    for rows in (2, 10):
        for _ in range(rows):
            grant(client, MembershipFactory(academy=cast.harbour.academy), delivery=str(delivery.pk))
        with Statements() as statements:
            client.get(PATH)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    grant(client, cast.harbour.learner.membership)
    assert len(client.get(PATH, {"delivery": str(delivery.pk)}).json()["results"]) == 12
    assert client.get(PATH, {"delivery": "nonsense"}).json()["errors"][0]["field"] == "delivery"
