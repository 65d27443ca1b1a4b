"""From the submission to a score."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import JournalEntry
from exams.delivery.actions import submit_attempt
from exams.delivery.models import Attempt
from exams.delivery.paper import paper_of
from exams.delivery.supervision import void_attempt
from exams.marking import actions
from exams.marking.actions import mark_attempt, mark_submitted_attempts, score, submit_and_mark
from exams.marking.models import Score
from exams.marking.scoring import fraction_of
from tests.exams.clients import Browser
from tests.factories.exams import (
    NOW,
    ONE_OF_EACH,
    answer,
    claim_of,
    hand_in,
    make_bank,
    make_delivery,
    make_form_of,
    make_item,
    make_plain_form,
    right_answers,
    sit,
    start,
)

pytestmark = pytest.mark.django_db


def marked_events(attempt):
    return list(JournalEntry.objects.filter(subject_id=str(attempt.pk), kind="exams.attempt_marked"))


def score_of(attempt):
    return Score.objects.get(attempt=attempt, is_current=True)


def test_right_answers_of_every_type_earn_full_marks(cast, delivery):
    attempt = sit(delivery, cast.harbour.learner.membership, right_answers(delivery.form))
    found = score_of(attempt)
    assert (found.raw, found.raw_max, found.scaled, found.passed, found.answered) == (8, 8, 900, True, 8)
    assert found.fractions == [1.0] * 8


def test_an_empty_attempt_earns_nothing(cast, delivery):
    found = score_of(sit(delivery, cast.harbour.learner.membership, {1: None, 7: {"text": "  "}}))
    assert (found.raw, found.scaled, found.passed, found.answered) == (0, 100, False, 0)


def test_partial_credit_adds_up(cast, delivery):
    answers = {
        2: {"choices": ["a"]},  # ½
        4: {"pairs": {"1": "x", "2": "z"}},  # ½
        5: {"order": _swapped(right_answers(delivery.form)[5]["order"])},  # ⅓
        6: {"gaps": {"1": "sky", "2": "green"}},  # ½
    }
    found = score_of(sit(delivery, cast.harbour.learner.membership, answers))
    assert found.raw == Decimal("1.8333")
    assert found.scaled == 283  # 100 + 800 × 1.8333 ÷ 8 = 283.33


def test_domains_add_up_to_the_whole(cast, delivery):
    attempt = sit(delivery, cast.harbour.learner.membership, {1: {"choice": "a"}, 2: {"choices": ["a"]}})
    found, paper = score_of(attempt), paper_of(delivery.form_id)
    by_code = {paper.domains[domain].code: tuple(sums) for domain, sums in found.domains.items()}
    assert by_code == {"1": (1, 4, 4), "2": (0.5, 4, 4)}
    assert sum(raw for raw, _, _ in by_code.values()) == found.raw


@pytest.mark.parametrize(
    ("right", "scaled", "passed"), [(2, 500, False), (3, 700, True), (4, 900, True), (0, 100, False)]
)
def test_the_cut_score_itself_passes(cast, right, scaled, passed):
    delivery = make_delivery(make_plain_form(cast.harbour.academy, 4))
    attempt = sit(delivery, cast.harbour.learner.membership, {slot: {"choice": "a"} for slot in range(1, right + 1)})
    assert (score_of(attempt).scaled, score_of(attempt).passed) == (scaled, passed)


def test_without_a_cut_score_nobody_passes_or_fails(cast):
    bank = make_bank(cast.harbour.academy)
    form = make_form_of([make_item(bank, "ONE")], cut_score=None)
    attempt = sit(make_delivery(form), cast.harbour.learner.membership, {1: {"choice": "a"}})
    assert score_of(attempt).passed is None
    assert marked_events(attempt)[0].payload["passed"] is None


def test_bands_come_from_a_table(cast):
    bank = make_bank(cast.harbour.academy)
    items = [make_item(bank, f"I-{number}", points=number + 1) for number in range(3)]
    form = make_form_of(
        items, kind="table", label="Band", scale_min=1, scale_max=9, step="0.5",
        table=[[0, 1.0], [50, 5.5], [83, 7.5]], cut_score=None,
    )  # fmt: skip
    delivery = make_delivery(form)
    right, learner = {"choice": "a"}, cast.harbour.learner.membership
    assert score_of(sit(delivery, learner, {3: right})).scaled == Decimal("5.5")
    assert score_of(sit(delivery, learner, {2: right, 3: right})).scaled == Decimal("7.5")
    assert score_of(sit(delivery, learner, {1: right})).scaled == 1


def test_marking_is_told_to_the_journal_once(cast, delivery):
    attempt = sit(delivery, cast.harbour.learner.membership, right_answers(delivery.form))
    submit_and_mark(claim=claim_of(attempt), now=NOW)
    mark_attempt(attempt=attempt.pk, now=NOW)
    (entry,) = marked_events(attempt)
    told = entry.payload
    assert (Decimal(told["raw"]), Decimal(told["raw_max"]), Decimal(told["scaled"])) == (8, 8, 900)
    assert (told["score_number"], told["passed"]) == (1, True)
    assert told["learner_id"] == str(cast.harbour.learner.account.pk)
    assert (told["attempt_id"], told["delivery_id"]) == (str(attempt.pk), str(delivery.pk))
    assert (entry.academy_id, entry.actor_id) == (cast.harbour.academy.pk, None)


def test_a_crash_between_submission_and_marking_is_healed_by_the_sweeper(cast, delivery, monkeypatch):
    attempt = start(delivery, cast.harbour.learner.membership)
    answer(attempt, 1, {"choice": "a"})

    def broken(**_):
        raise RuntimeError("out of memory")

    monkeypatch.setattr(actions, "score", broken)
    assert hand_in(attempt).state == "submitted", "the submission stands and is acknowledged"
    assert mark_submitted_attempts(now=NOW) == 0
    monkeypatch.undo()
    assert mark_submitted_attempts(now=NOW) == 1
    assert mark_submitted_attempts(now=NOW) == 0
    assert score_of(attempt).raw == 1
    assert len(marked_events(attempt)) == 1
    assert Browser.of(attempt).hand_in().json()["attempt"]["state"] == "released"


def test_one_attempt_that_cannot_be_marked_does_not_hold_up_the_others(cast, delivery, monkeypatch):
    people = (cast.harbour.learner, cast.harbour.other_learner)
    broken, fine = (start(delivery, person.membership) for person in people)
    for attempt in (broken, fine):
        submit_attempt(claim=claim_of(attempt), now=NOW)
    real = actions.answers_of
    monkeypatch.setattr(actions, "answers_of", lambda attempt: 1 / 0 if attempt == broken.pk else real(attempt))
    assert mark_submitted_attempts(now=NOW) == 1
    assert Attempt.objects.get(pk=fine.pk).state == "released"
    assert Attempt.objects.get(pk=broken.pk).state == "submitted"


def test_an_attempt_that_was_voided_before_it_was_marked_stays_unmarked(cast, delivery):
    attempt = start(delivery, cast.harbour.learner.membership)
    submit_attempt(claim=claim_of(attempt), now=NOW)
    void_attempt(attempt=attempt.pk, reason="Wrong exam", actor=cast.staff.account, now=NOW)
    assert mark_submitted_attempts(now=NOW) == 0
    assert mark_attempt(attempt=attempt.pk, now=NOW) is None


# For any answers


def answers_to(slot, right):
    """Answers of every kind to one slot: right, partly right, wrong, none."""
    question = slot.question
    ids = {name: [thing["id"] for thing in question.get(name) or ()] for name in ("options", "prompts", "gaps")}
    words = st.sampled_from(["sky", "Blue", "least privilege", "", "  ", "=1+1", "2.5", "2500", "much"])
    kinds = {
        "single_choice": lambda: st.builds(dict, choice=st.sampled_from(ids["options"])),
        "true_false_not_given": lambda: st.builds(dict, choice=st.sampled_from(ids["options"])),
        "multiple_choice": lambda: st.builds(
            dict, choices=st.lists(st.sampled_from(ids["options"]), unique=True, max_size=2)
        ),
        "matching": lambda: st.builds(
            lambda options, prompts: {"pairs": dict(zip(prompts, options, strict=False))},
            st.permutations(ids["options"]),
            st.lists(st.sampled_from(ids["prompts"]), unique=True),
        ),
        "ordering": lambda: st.builds(dict, order=st.permutations(ids["options"])),
        "gap_fill": lambda: st.builds(dict, gaps=st.dictionaries(st.sampled_from(ids["gaps"]), words)),
        "short_text": lambda: st.builds(dict, text=words),
        "numeric": lambda: st.builds(dict, number=words, unit=st.sampled_from([None, "GB", "MB"])),
    }
    return st.one_of(st.none(), st.just(right), kinds[slot.type]())


@pytest.fixture
def weighted(cast):
    """Items of all eight types, each worth something else."""
    bank = make_bank(cast.harbour.academy)
    items = [
        make_item(bank, f"W-{number}", domain=str(number % 2 + 1), points=number % 3 + 1, **fields)
        for number, (fields, _) in enumerate(ONE_OF_EACH)
    ]
    return make_delivery(make_form_of(items), attempts_allowed=20)


@settings(max_examples=40)
@given(data=st.data())
def test_the_score_of_a_form_is_the_sum_over_its_items_for_any_answers(cast, weighted, data):
    paper, right = paper_of(weighted.form_id), right_answers(weighted.form)
    answers = {
        slot.number: data.draw(answers_to(slot, right[slot.number]), label=slot.type)
        for slot in paper.slots
        if data.draw(st.booleans(), label="answered")
    }
    attempt = sit(weighted, cast.harbour.learner.membership, answers)
    found = score_of(attempt)
    fractions = [
        fraction_of(type=slot.type, scoring=slot.scoring, key=slot.key, answer=answers.get(slot.number))
        for slot in paper.slots
    ]
    assert found.fractions == fractions
    earned = sum(fraction * slot.points for fraction, slot in zip(fractions, paper.slots, strict=True))
    assert float(found.raw) == pytest.approx(earned, abs=1e-4)
    assert found.raw_max == weighted.form.raw_max == sum(slot.points for slot in paper.slots)
    assert 0 <= found.raw <= found.raw_max
    assert found.scaled == paper.conversion.scaled(raw=found.raw, raw_max=found.raw_max)
    assert sum(raw for raw, _, _ in found.domains.values()) == pytest.approx(earned)
    assert sum(items for _, _, items in found.domains.values()) == 8
    assert score(paper=paper, answers=answers).raw == found.raw, "the same from memory"
    void_attempt(attempt=attempt.pk, reason="Next example", actor=cast.staff.account, now=NOW)


def _swapped(order):
    return [order[1], order[0], *order[2:]]
