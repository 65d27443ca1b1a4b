"""Offering an exam: create, change, list."""

import uuid
from datetime import timedelta

import pytest
import time_machine

from accounts.models import JournalEntry
from exams.delivery.models import Delivery
from exams.formats.models import Form
from tests.exams.statements import Statements
from tests.factories.academies import CohortFactory, CohortMemberFactory
from tests.factories.exams import (
    NOW,
    make_bank,
    make_blueprint,
    make_delivery,
    make_plain_form,
    make_plain_items,
    minutes,
    sit,
    start,
)

pytestmark = pytest.mark.django_db

PATH = "/api/v1/academies/harbour/deliveries/"
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def form(cast):
    return make_plain_form(cast.harbour.academy, 4)


@pytest.fixture
def blueprint(cast):
    bank = make_bank(cast.harbour.academy)
    make_plain_items(bank, 12)
    return make_blueprint(
        bank,
        [("1", "", "", 3), ("2", "", "", 2)],
        time_limit_seconds=1800,
        navigation="linear",
        display="section",
        instructions="Read **all** of it.",
    )


def create(client, **fields):
    return client.post(PATH, {"title": "Mock exam", **fields})


def fields_of(response):
    assert response.status_code == 400, response.json()
    return sorted(error["field"] for error in response.json()["errors"])


# Create


def test_instructor_offers_a_form(cast, api, form):
    with time_machine.travel(NOW, tick=False):
        created = create(
            api(cast.harbour.instructor),
            form=str(form.pk),
            cohort=str(cast.harbour.cohort.pk),
            instructions="Bring *water*.",
            opens_at="2026-03-02T10:00:00Z",
            closes_at="2026-03-09T10:00:00+01:00",
            attempts_allowed=2,
            time_limit_seconds=900,
            navigation="linear",
            display="section",
            shuffle_items=False,
            shuffle_options=False,
            review_what="domains",
            review_when="after_window",
        )
    assert created.status_code == 201, created.json()
    shown = created.json()
    delivery = Delivery.objects.get()
    assert shown == {
        "id": str(delivery.pk),
        "title": "Mock exam",
        "state": "upcoming",
        "opens_at": "2026-03-02T10:00:00Z",
        "closes_at": "2026-03-09T09:00:00Z",
        "cohort": {"id": str(cast.harbour.cohort.pk), "name": cast.harbour.cohort.name},
        "attempts_allowed": 2,
        "item_count": 4,
        "counts": {"assigned": 2, "in_progress": 0, "submitted": 0, "marked": 0},
        "released_at": None,
        "created_at": "2026-03-02T09:00:00Z",
        "form": {"id": str(form.pk), "title": form.title, "seed": None},
        "blueprint": None,
        "instructions": "Bring *water*.",
        "instructions_html": "<p>Bring <em>water</em>.</p>\n",
        "time_limit_seconds": 900,
        "navigation": "linear",
        "display": "section",
        "shuffle_items": False,
        "shuffle_options": False,
        "review_what": "domains",
        "review_when": "after_window",
        "gives_certificate": False,
    }
    assert delivery.created_by == cast.harbour.instructor.user
    entry = JournalEntry.objects.get(kind="exams.delivery_created")
    assert (entry.subject_id, entry.actor_id) == (str(delivery.pk), cast.harbour.instructor.account.pk)
    assert api(cast.harbour.owner).get(f"{PATH}{delivery.pk}/").json()["title"] == "Mock exam"


def test_a_blueprint_gives_a_form_of_its_own_and_the_conditions(cast, api, blueprint):
    client = api(cast.harbour.instructor)
    shown = create(client, blueprint=str(blueprint.pk), seed=7).json()
    assert (shown["form"]["seed"], shown["item_count"], shown["blueprint"]) == (7, 5, str(blueprint.pk))
    assert (shown["time_limit_seconds"], shown["navigation"], shown["display"]) == (1800, "linear", "section")
    assert shown["instructions"] == "Read **all** of it."
    other = create(client, blueprint=str(blueprint.pk), time_limit_seconds=None, navigation="free").json()
    assert other["form"]["id"] != shown["form"]["id"]
    assert (other["time_limit_seconds"], other["navigation"]) == (None, "free")


def test_a_blueprint_that_the_bank_cannot_fill_leaves_nothing_behind(cast, api):
    blueprint = make_blueprint(make_bank(cast.harbour.academy), [("1", "", "", 3)])
    refused = create(api(cast.harbour.instructor), blueprint=str(blueprint.pk))
    assert (refused.status_code, refused.json()["code"]) == (409, "blueprint_not_fillable")
    assert [error["field"] for error in refused.json()["errors"]] == ["cells.0"]
    assert not Form.objects.exists()


def test_a_delivery_that_is_not_right_leaves_no_form_behind(cast, api, blueprint):
    refused = create(api(cast.harbour.instructor), blueprint=str(blueprint.pk), cohort=NOBODY)
    assert fields_of(refused) == ["cohort"]
    assert not Form.objects.exists()


def test_shared_blueprints_of_the_house_are_usable_and_private_ones_are_not(cast, api):
    banks = [
        make_bank(cast.house, slug="shared", is_shared=True),
        make_bank(cast.house, slug="private"),
        make_bank(cast.meridian.academy, slug="foreign", is_shared=True),
    ]
    for bank in banks:
        make_plain_items(bank, 4)
    shared, private, foreign = (make_blueprint(bank, [("1", "", "", 2)]) for bank in banks)
    client = api(cast.harbour.instructor)
    created = create(client, blueprint=str(shared.pk))
    assert created.status_code == 201
    assert Form.objects.get().academy == cast.harbour.academy, "the form belongs to whoever had it assembled"
    for hidden in (private, foreign):
        assert fields_of(create(client, blueprint=str(hidden.pk))) == ["blueprint"]


def test_forms_of_other_academies_cannot_be_offered(cast, api):
    foreign = make_plain_form(cast.meridian.academy, 2)
    assert fields_of(create(api(cast.harbour.instructor), form=str(foreign.pk))) == ["form"]


def test_a_repeated_request_creates_one_delivery(cast, api, form):
    client, key = api(cast.harbour.instructor), str(uuid.uuid4())
    first, second = (
        client.post(PATH, {"title": "Once", "form": str(form.pk)}, HTTP_IDEMPOTENCY_KEY=key) for _ in range(2)
    )
    assert first.json() == second.json()
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"title": ""}, "title"),
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": None}, "title"),
        ({"instructions": "x" * 20_001}, "instructions"),
        ({"cohort": "nonsense"}, "cohort"),
        ({"cohort": NOBODY}, "cohort"),
        ({"opens_at": "soon"}, "opens_at"),
        ({"opens_at": "0001-01-01T00:00:00+14:00"}, "opens_at"),
        ({"closes_at": "2026-13-01T00:00:00Z"}, "closes_at"),
        ({"closes_at": "9999-12-31T23:59:59Z"}, "closes_at"),
        ({"opens_at": "2026-03-02T10:00:00Z", "closes_at": "2026-03-02T10:00:00Z"}, "closes_at"),
        ({"opens_at": "2026-03-02T10:00:00Z", "closes_at": "2026-03-01T10:00:00Z"}, "closes_at"),
        ({"attempts_allowed": 0}, "attempts_allowed"),
        ({"attempts_allowed": 21}, "attempts_allowed"),
        ({"attempts_allowed": None}, "attempts_allowed"),
        ({"time_limit_seconds": 59}, "time_limit_seconds"),
        ({"time_limit_seconds": 86_401}, "time_limit_seconds"),
        ({"time_limit_seconds": "long"}, "time_limit_seconds"),
        ({"navigation": "sideways"}, "navigation"),
        ({"display": "all"}, "display"),
        ({"shuffle_items": "perhaps"}, "shuffle_items"),
        ({"shuffle_options": None}, "shuffle_options"),
        ({"review_what": "everything"}, "review_what"),
        ({"review_when": "never"}, "review_when"),
        ({"released_at": "2026-03-02T10:00:00Z"}, "released_at"),
        ({"form": None}, "blueprint"),
        ({"form": "nonsense"}, "form"),
        ({"form": NOBODY}, "form"),
        ({"form": None, "blueprint": NOBODY}, "blueprint"),
        ({"form": None, "blueprint": "nonsense"}, "blueprint"),
        ({"blueprint": NOBODY}, "blueprint"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**31}, "seed"),
    ],
)
def test_what_is_wrong_with_a_delivery_is_named(cast, api, form, fields, named):
    refused = create(api(cast.harbour.instructor), **{"form": str(form.pk), **fields})
    assert fields_of(refused) == [named]
    assert not Delivery.objects.exists()


def test_cohorts_of_other_academies_cannot_be_named(cast, api, form):
    refused = create(api(cast.harbour.instructor), form=str(form.pk), cohort=str(cast.meridian.cohort.pk))
    assert fields_of(refused) == ["cohort"]


# Change


def change(client, delivery, **fields):
    return client.patch(f"{PATH}{delivery.pk}/", fields)


def test_what_is_sent_is_changed_and_nothing_else(cast, api, form):
    delivery = make_delivery(form, instructions="Old", cohort=cast.harbour.cohort)
    client = api(cast.harbour.instructor)
    shown = change(client, delivery, title="New", instructions="*New*", attempts_allowed=5, cohort=None).json()
    assert (shown["title"], shown["instructions_html"], shown["attempts_allowed"]) == (
        "New",
        "<p><em>New</em></p>\n",
        5,
    )
    assert (shown["cohort"], shown["time_limit_seconds"]) == (None, 3600)
    entry = JournalEntry.objects.get(kind="exams.delivery_changed")
    assert entry.payload["fields"] == ["attempts_allowed", "cohort", "instructions", "title"]
    change(client, delivery, title="New")
    assert JournalEntry.objects.filter(kind="exams.delivery_changed").count() == 1, "nothing changed"


@pytest.mark.parametrize(
    "conditions",
    [
        {"time_limit_seconds": 60},
        {"time_limit_seconds": None},
        {"navigation": "linear"},
        {"display": "section"},
        {"shuffle_items": True},
        {"shuffle_options": True},
    ],
)
def test_conditions_change_only_while_nobody_has_started(cast, api, form, conditions):
    client, delivery = api(cast.harbour.instructor), make_delivery(form)
    assert change(client, delivery, **conditions).status_code == 200
    delivery = make_delivery(form)
    start(delivery, cast.harbour.learner.membership)
    refused = change(client, delivery, title="New", **conditions)
    assert (refused.status_code, refused.json()["code"]) == (409, "delivery_in_use")
    assert Delivery.objects.get(pk=delivery.pk).title == "Mock exam"


def test_the_rest_may_change_while_learners_sit(cast, api, form):
    delivery = make_delivery(form)
    start(delivery, cast.harbour.learner.membership)
    changed = change(
        api(cast.harbour.instructor),
        delivery,
        title="New",
        closes_at="2026-04-01T00:00:00Z",
        attempts_allowed=1,
        review_what="score",
        time_limit_seconds=3600,
    )
    assert changed.status_code == 200, "a limit that stays the same is no change"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"title": ""}, "title"),
        ({"opens_at": "2026-03-09T10:00:00Z"}, "closes_at"),
        ({"closes_at": "2026-03-01T10:00:00Z"}, "closes_at"),
        ({"cohort": NOBODY}, "cohort"),
        ({"attempts_allowed": 0}, "attempts_allowed"),
        ({"form": NOBODY}, "form"),
        ({"blueprint": NOBODY}, "blueprint"),
        ({"released_at": None}, "released_at"),
    ],
)
def test_what_is_wrong_with_a_change_is_named(cast, api, form, fields, named):
    delivery = make_delivery(form, opens_at=NOW, closes_at=NOW + timedelta(days=5))
    assert fields_of(change(api(cast.harbour.instructor), delivery, **fields)) == [named]


# List


def test_the_list_says_how_far_each_delivery_is(cast, api, form):
    learner = cast.harbour.learner.membership
    delivery = make_delivery(form, cohort=cast.harbour.cohort)
    sit(delivery, learner, {})
    start(delivery, learner)
    start(delivery, cast.harbour.other_learner.membership)
    (row,) = api(cast.harbour.instructor).get(PATH).json()["results"]
    assert row["counts"] == {"assigned": 2, "in_progress": 2, "submitted": 0, "marked": 1}


def test_those_who_left_or_do_not_sit_exams_are_not_counted_as_assigned(cast, api, form):
    cohort = CohortFactory(academy=cast.harbour.academy)
    for person in (cast.harbour.learner, cast.harbour.other_learner, cast.harbour.instructor):
        CohortMemberFactory(cohort=cohort, member=person.membership)
    cast.harbour.other_learner.membership.ended_at = NOW
    cast.harbour.other_learner.membership.save()
    make_delivery(form, cohort=cohort)
    make_delivery(form)
    rows = api(cast.harbour.instructor).get(PATH).json()["results"]
    assert [row["counts"]["assigned"] for row in rows] == [1, 1]


def test_the_list_is_filtered_by_state_at_the_edges_of_the_window(cast, api, form):
    make_delivery(form, opens_at=NOW, closes_at=NOW + minutes(10))
    client = api(cast.harbour.instructor)
    for after, state in (
        (-timedelta(microseconds=1), "upcoming"),
        (timedelta(), "open"),
        (minutes(10) - timedelta(microseconds=1), "open"),
        (minutes(10), "closed"),
    ):
        with time_machine.travel(NOW + after, tick=False):
            (row,) = client.get(PATH).json()["results"]
            assert row["state"] == state
            for asked in ("upcoming", "open", "closed"):
                assert len(client.get(PATH, {"state": asked}).json()["results"]) == (asked == state)
    assert client.get(PATH, {"state": "x"}).json()["errors"][0]["field"] == "state"


def test_the_list_is_searched_and_ordered(cast, api, form):
    for number, title in enumerate(("Networks", "Security")):
        make_delivery(form, title=title, created_at=NOW + minutes(number))
    client = api(cast.harbour.instructor)
    assert [row["title"] for row in client.get(PATH).json()["results"]] == ["Security", "Networks"]
    assert [row["title"] for row in client.get(PATH, {"search": "net"}).json()["results"]] == ["Networks"]
    assert [row["title"] for row in client.get(PATH, {"ordering": "title"}).json()["results"]] == [
        "Networks",
        "Security",
    ]


def test_the_list_takes_as_many_statements_for_any_length(cast, api):
    client, counts = api(cast.harbour.instructor), []
    for many in (2, 10):
        for _ in range(many):
            form = make_plain_form(cast.harbour.academy, 2)
            sit(make_delivery(form, cohort=cast.harbour.cohort), cast.harbour.learner.membership, {})
        with Statements() as statements:
            assert client.get(PATH).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


# Who may


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
def test_only_those_who_teach_manage_deliveries(cast, api, form, person, status):
    delivery, client = make_delivery(form), api(cast.everybody()[person])
    assert client.get(PATH).status_code == status
    assert client.get(f"{PATH}{delivery.pk}/").status_code == status
    assert change(client, delivery, title="New").status_code == status
    assert create(client, form=str(form.pk)).status_code == (201 if status == 200 else status)


def test_another_academy_does_not_learn_that_a_delivery_exists(cast, api, form):
    delivery, stranger = make_delivery(form), api(cast.meridian.owner)
    path = f"/api/v1/academies/meridian/deliveries/{delivery.pk}/"
    assert stranger.get(path).status_code == 404
    assert stranger.patch(path, {"title": "Mine"}).status_code == 404
    for page in ("release/", "attempts/", "results/", "results/export/"):
        send = stranger.post if page == "release/" else stranger.get
        assert send(f"{path}{page}").status_code == 404
