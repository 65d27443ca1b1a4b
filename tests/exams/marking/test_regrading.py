"""Scoring again: one item, one attempt or a whole delivery, first as a dry run."""

import uuid

import pytest
import time_machine

from accounts.models import JournalEntry
from exams.bank.actions import move_version, save_item
from exams.delivery.models import Attempt
from exams.marking.models import RegradeRun, Score, SlotTreatment
from tests.exams.statements import Statements
from tests.factories.academies import MembershipFactory
from tests.factories.exams import NOW, OPTIONS, make_bank, make_delivery, make_form_of, make_item, minutes, sit

pytestmark = pytest.mark.django_db

PATH = "/api/v1/academies/harbour/regrades/"
A, B = {"choice": "a"}, {"choice": "b"}
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def bank(cast):
    return make_bank(cast.house, is_shared=True)


@pytest.fixture
def form(bank):
    """Four items whose key is a; 100–900, passed at 700 with three of them."""
    return make_form_of([make_item(bank, f"I-{number}") for number in range(1, 5)])


@pytest.fixture
def delivery(cast, form):
    return make_delivery(form, academy=cast.harbour.academy, attempts_allowed=20)


@pytest.fixture
def two(cast, delivery):
    """One learner took the old key of the first item, another what will be its new one."""
    return (
        sit(delivery, cast.harbour.learner.membership, {1: A, 2: A, 3: A}),
        sit(delivery, cast.harbour.other_learner.membership, {1: B, 2: A, 3: A}),
    )


def item_of(form, slot=1):
    return form.slots.get(number=slot).item_version.item


def live(bank, code, **fields):
    """Another version of an item, live."""
    options = [{**option, "correct": option["id"] == "b"} for option in OPTIONS]
    options = [{name: value for name, value in option.items() if value is not False} for option in options]
    source = {
        "code": code, "domain": "1", "difficulty": "medium", "type": "single_choice", "stem": "Corrected?",
        "explanation": "It was b.", "options": options, **fields,
    }  # fmt: skip
    version = save_item(bank=bank, source=source, actor=None, now=NOW)
    for state in ("in_review", "approved", "live"):
        version = move_version(version=version, to=state, actor=None, now=NOW)
    return version


def regrade(client, **body):
    with time_machine.travel(NOW + minutes(30), tick=False):
        response = client.post(PATH, {"dry_run": False, **body})
    assert response.status_code == 200, response.json()
    return response.json()


def scaled(*attempts):
    return [int(Score.objects.get(attempt=attempt, is_current=True).scaled) for attempt in attempts]


def changes(outcome):
    return {row["attempt"]: (row["before"]["scaled"], row["after"]["scaled"]) for row in outcome["changed"]}


# Dry run and policies


def test_a_dry_run_shows_the_difference_and_changes_nothing(cast, api, bank, form, two):
    live(bank, "I-1")
    outcome = regrade(api(cast.harbour.instructor), item=str(item_of(form).pk), policy="replace", dry_run=True)
    assert outcome == {
        "dry_run": True,
        "attempts": 2,
        "changed": [
            {
                "attempt": str(attempt.pk),
                "learner": {"name": person.account.display_name},
                "before": {"scaled": before, "passed": before >= 700},
                "after": {"scaled": after, "passed": after >= 700},
            }
            for attempt, person, before, after in (
                (two[0], cast.harbour.learner, 700.0, 500.0),
                (two[1], cast.harbour.other_learner, 500.0, 700.0),
            )
        ],
        "regrade": None,
    }
    assert scaled(*two) == [700, 500]
    assert not RegradeRun.objects.exists()
    assert not SlotTreatment.objects.exists()
    assert JournalEntry.objects.filter(kind="exams.attempt_marked").count() == 2
    assert not JournalEntry.objects.filter(kind="exams.attempts_regraded").exists()


def test_a_dry_run_is_what_a_request_asks_for_unless_it_says_otherwise(cast, api, form, two):
    response = api(cast.harbour.instructor).post(PATH, {"item": str(item_of(form).pk), "treatment": "full_marks"})
    assert response.json()["dry_run"] is True
    assert not RegradeRun.objects.exists()


def test_never_lower_raises_who_gains_and_leaves_who_would_lose(cast, api, bank, form, two):
    live(bank, "I-1")
    outcome = regrade(api(cast.harbour.instructor), item=str(item_of(form).pk))
    assert changes(outcome) == {str(two[1].pk): (500, 700)}
    assert scaled(*two) == [700, 700]


def test_replace_takes_the_new_score_for_better_or_worse(cast, api, bank, form, two):
    live(bank, "I-1")
    outcome = regrade(api(cast.harbour.instructor), item=str(item_of(form).pk), policy="replace")
    assert changes(outcome) == {str(two[0].pk): (700, 500), str(two[1].pk): (500, 700)}
    assert scaled(*two) == [500, 700]
    assert [Score.objects.filter(attempt=attempt).count() for attempt in two] == [2, 2], "old scores are kept"


def test_a_regrade_is_recorded_with_what_it_did(cast, api, bank, form, two):
    live(bank, "I-1")
    outcome = regrade(api(cast.harbour.instructor), item=str(item_of(form).pk))
    run = RegradeRun.objects.get()
    assert outcome["regrade"] == str(run.pk)
    assert (run.attempts, run.changed, run.policy, run.treatment) == (2, 1, "never_lower", "rescore")
    assert run.created_by == cast.harbour.instructor.user
    entry = JournalEntry.objects.get(kind="exams.attempts_regraded")
    assert (entry.subject_id, entry.actor_id) == (str(run.pk), cast.harbour.instructor.account.pk)
    marked = JournalEntry.objects.filter(kind="exams.attempt_marked", subject_id=str(two[1].pk)).order_by("id")
    assert [(event.payload["score_number"], event.payload["passed"]) for event in marked] == [(1, False), (2, True)]
    result = api(cast.harbour.other_learner).get(f"/api/v1/academies/harbour/attempts/{two[1].pk}/result/").json()
    assert (result["scaled"], result["regraded_at"]) == (700.0, "2026-03-02T09:30:00Z")


def test_regrading_twice_changes_nothing_more(cast, api, bank, form, two):
    live(bank, "I-1")
    client = api(cast.harbour.instructor)
    regrade(client, item=str(item_of(form).pk), policy="replace")
    outcome = regrade(client, item=str(item_of(form).pk), policy="replace")
    assert (outcome["attempts"], outcome["changed"]) == (2, [])


def test_a_repeated_request_regrades_once(cast, api, form, two):
    client, key = api(cast.harbour.instructor), str(uuid.uuid4())
    body = {"item": str(item_of(form).pk), "treatment": "full_marks", "dry_run": False}
    first, second = (client.post(PATH, body, HTTP_IDEMPOTENCY_KEY=key) for _ in range(2))
    assert first.json() == second.json()
    assert RegradeRun.objects.count() == 1


# Treatments


def test_full_marks_go_to_everyone_even_without_an_answer(cast, api, form, delivery):
    attempt = sit(delivery, cast.harbour.learner.membership, {1: B})
    regrade(api(cast.harbour.instructor), item=str(item_of(form).pk), treatment="full_marks")
    regrade(api(cast.harbour.instructor), item=str(item_of(form, 2).pk), treatment="full_marks")
    assert scaled(attempt) == [500]


def test_an_excluded_item_counts_neither_way(cast, api, form, two):
    outcome = regrade(api(cast.harbour.instructor), item=str(item_of(form).pk), treatment="exclude", policy="replace")
    # 3 of 4 → 2 of 3; 2 of 4 → 2 of 3
    assert changes(outcome) == {str(two[0].pk): (700, 633), str(two[1].pk): (500, 633)}
    score = Score.objects.get(attempt=two[0], is_current=True)
    assert (score.raw, score.raw_max, score.fractions) == (2, 3, [-1.0, 1.0, 1.0, 0.0])
    assert sum(items for _, _, items in score.domains.values()) == 3
    shown = api(cast.harbour.learner).get(f"/api/v1/academies/harbour/attempts/{two[0].pk}/result/").json()
    assert [item["fraction"] for item in shown["items"]] == [None, 1, 1, 0]
    review = api(cast.harbour.learner).get(f"/api/v1/academies/harbour/attempts/{two[0].pk}/review/").json()
    assert (review["items"][0]["fraction"], review["items"][0]["mark"]) == (None, None)


def test_never_lower_holds_for_an_exclusion_too(cast, api, form, two):
    outcome = regrade(api(cast.harbour.instructor), item=str(item_of(form).pk), treatment="exclude")
    assert changes(outcome) == {str(two[1].pk): (500, 633)}


def test_excluding_everything_gives_the_minimum_and_breaks_nothing(cast, api, form, two):
    client = api(cast.harbour.instructor)
    for slot in range(1, 5):
        regrade(client, item=str(item_of(form, slot).pk), treatment="exclude", policy="replace")
    assert scaled(*two) == [100, 100]
    shown = api(cast.harbour.learner).get(f"/api/v1/academies/harbour/attempts/{two[0].pk}/result/").json()
    assert (shown["raw_max"], shown["percent"], shown["domains"]) == (0.0, 0.0, [])


@pytest.mark.parametrize(("treatment", "expected"), [("full_marks", 500), ("exclude", 367), ("rescore", 300)])
def test_a_treatment_holds_for_attempts_still_to_come(cast, api, bank, form, delivery, two, treatment, expected):
    live(bank, "I-1")
    regrade(api(cast.harbour.instructor), item=str(item_of(form).pk), treatment=treatment, policy="replace")
    later = sit(delivery, MembershipFactory(academy=cast.harbour.academy), {1: A, 2: A})
    # 2 of 4, 1 of 3, 1 of 4
    assert scaled(later) == [expected]


def test_a_treatment_holds_although_nobody_had_finished_when_it_was_decided(cast, api, form, delivery):
    outcome = regrade(api(cast.harbour.instructor), item=str(item_of(form).pk), treatment="full_marks")
    assert outcome["attempts"] == 0
    assert scaled(sit(delivery, cast.harbour.learner.membership, {})) == [300]


def test_a_rescore_of_the_item_takes_an_exclusion_back(cast, api, form, two):
    client, item = api(cast.harbour.instructor), str(item_of(form).pk)
    regrade(client, item=item, treatment="exclude", policy="replace")
    regrade(client, item=item, policy="replace")
    assert scaled(*two) == [700, 500]


def test_a_rescore_of_the_delivery_leaves_excluded_items_out(cast, api, bank, form, delivery, two):
    client = api(cast.harbour.instructor)
    regrade(client, item=str(item_of(form).pk), treatment="exclude", policy="replace")
    live(bank, "I-1")
    outcome = regrade(client, delivery=str(delivery.pk), policy="replace")
    assert outcome["changed"] == []
    assert scaled(*two) == [633, 633]


# What is covered


def test_a_whole_delivery_is_scored_with_the_newest_keys(cast, api, bank, form, delivery, two):
    elsewhere = sit(make_delivery(form, academy=cast.harbour.academy), cast.harbour.learner.membership, {1: B})
    live(bank, "I-1")
    live(bank, "I-4")
    outcome = regrade(api(cast.harbour.instructor), delivery=str(delivery.pk), policy="replace")
    assert outcome["attempts"] == 2
    assert scaled(*two, elsewhere) == [500, 700, 100]


def test_one_attempt_is_scored_alone_and_says_nothing_about_others(cast, api, bank, form, delivery, two):
    live(bank, "I-1")
    outcome = regrade(api(cast.harbour.instructor), attempt=str(two[1].pk))
    assert (outcome["attempts"], changes(outcome)) == (1, {str(two[1].pk): (500, 700)})
    assert scaled(*two) == [700, 700]
    assert scaled(sit(delivery, cast.harbour.learner.membership, {1: A})) == [300], (
        "later ones count as the form has it"
    )


def test_an_item_is_scored_again_in_every_delivery_that_asks_it(cast, api, form, delivery, two):
    other = make_delivery(form, academy=cast.harbour.academy)
    elsewhere = sit(other, cast.harbour.learner.membership, {})
    outcome = regrade(api(cast.harbour.instructor), item=str(item_of(form).pk), treatment="full_marks")
    assert set(changes(outcome)) == {str(two[1].pk), str(elsewhere.pk)}


def test_only_what_is_marked_is_scored_again(cast, api, form, delivery, two):
    Attempt.objects.filter(pk=two[0].pk).update(state="voided")
    outcome = regrade(api(cast.harbour.instructor), item=str(item_of(form).pk), treatment="full_marks")
    assert (outcome["attempts"], len(outcome["changed"])) == (1, 1)


def test_attempts_of_another_academy_are_untouched(cast, api, form, two):
    foreign = make_delivery(form, academy=cast.meridian.academy)
    theirs = sit(foreign, cast.meridian.learner.membership, {1: B, 2: A})
    regrade(api(cast.harbour.instructor), item=str(item_of(form).pk), treatment="full_marks")
    assert scaled(theirs) == [300]
    assert scaled(sit(foreign, MembershipFactory(academy=cast.meridian.academy), {2: A})) == [300]


def test_a_key_whose_parts_are_others_is_not_applied_to_the_answers(cast, api, bank, form, two):
    """Answers name the options they were given to; those of a rewritten item have nothing to say of them."""
    options = [{**option, "id": new} for option, new in zip(OPTIONS, "xyz", strict=True)]
    live(bank, "I-1", options=options)
    outcome = regrade(api(cast.harbour.instructor), item=str(item_of(form).pk), policy="replace")
    assert outcome["changed"] == []


def test_the_review_shows_the_corrected_key(cast, api, bank, form, two):
    live(bank, "I-1")
    regrade(api(cast.harbour.instructor), item=str(item_of(form).pk))
    review = api(cast.harbour.other_learner).get(f"/api/v1/academies/harbour/attempts/{two[1].pk}/review/").json()
    first = review["items"][0]
    assert (first["key"], first["parts"], first["fraction"]) == ({"choice": "b"}, {"b": True}, 1)
    assert first["explanation_html"] == "<p>It was b.</p>\n"


def test_regrading_takes_as_many_statements_for_any_number_of_attempts_that_stay_the_same(cast, api, form, delivery):
    counts, client = [], api(cast.harbour.instructor)
    for many in (2, 10):
        for _ in range(many):
            sit(delivery, MembershipFactory(academy=cast.harbour.academy), {1: A})
        with Statements() as statements:
            regrade(client, delivery=str(delivery.pk))
        counts.append(len(statements))
    assert counts[0] == counts[1]


# Who may, and what makes no sense


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "delivery"),
        ({"delivery": NOBODY, "item": NOBODY}, "delivery"),
        ({"delivery": NOBODY, "treatment": "exclude"}, "treatment"),
        ({"attempt": NOBODY, "treatment": "full_marks"}, "treatment"),
        ({"item": "nonsense"}, "item"),
        ({"item": NOBODY, "policy": "lower"}, "policy"),
        ({"item": NOBODY, "treatment": "double"}, "treatment"),
        ({"item": NOBODY, "dry_run": "perhaps"}, "dry_run"),
        ({"item": NOBODY, "learner": NOBODY}, "learner"),
    ],
)
def test_what_is_wrong_with_a_regrade_is_named(cast, api, body, named):
    refused = api(cast.harbour.instructor).post(PATH, body)
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == [named]


def test_what_is_not_the_academys_is_not_found(cast, api, bank, form, two):
    client = api(cast.harbour.instructor)
    foreign = make_delivery(form, academy=cast.meridian.academy)
    theirs = sit(foreign, cast.meridian.learner.membership, {})
    private = make_item(make_bank(cast.meridian.academy, slug="private"), "ONE")
    for body in ({"delivery": foreign.pk}, {"attempt": theirs.pk}, {"item": private.item_id}, {"item": NOBODY}):
        refused = client.post(PATH, {name: str(value) for name, value in body.items()})
        assert refused.status_code == 404, body


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
def test_only_those_who_teach_regrade(cast, api, delivery, person, status):
    assert api(cast.everybody()[person]).post(PATH, {"delivery": str(delivery.pk)}).status_code == status
