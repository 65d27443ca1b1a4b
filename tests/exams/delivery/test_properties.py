"""Whatever the order in which answers arrive, the highest accepted sequence stands and the step log explains it."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exams.delivery.actions import submit_attempt
from exams.delivery.autosave import save_response
from exams.delivery.errors import AttemptClosed, StaleSequence
from exams.delivery.models import Attempt, AttemptStep, Response
from exams.delivery.steps import verify_steps
from exams.delivery.supervision import void_attempt
from tests.factories.exams import NOW, claim_of, make_delivery, make_plain_form, minutes, start

pytestmark = pytest.mark.django_db

saves = st.tuples(st.integers(1, 2), st.integers(1, 8), st.sampled_from(["a", "b", "c", None]), st.booleans())
# What two devices and the network make of a sitting: answers in any order, some of them twice, and a submission.
events = st.lists(st.one_of(saves, saves, saves, saves, st.just("again"), st.just("submit")), min_size=1, max_size=25)


@dataclass
class Model:
    """What must be stored, in plain Python."""

    is_open: bool = True
    held: dict = field(default_factory=dict)
    log: list = field(default_factory=list)

    def save(self, slot, sequence, choice, flagged):
        answer = choice and {"choice": choice}
        stored = self.held.get(slot)
        if not self.is_open:
            return AttemptClosed
        if stored is None or sequence > stored[0]:
            self.held[slot] = (sequence, answer, flagged)
            self.log.append((slot, sequence, answer))
            return None
        return None if stored == (sequence, answer, flagged) else StaleSequence


@settings(max_examples=40)
@given(events=events)
def test_any_interleaving_of_saves_leaves_the_newest_and_a_log_that_explains_it(shared, events):
    delivery, cast = shared
    attempt, model, last = start(delivery, cast.harbour.learner.membership), Model(), None
    for number, event in enumerate(events):
        now = NOW + minutes(number / 10)
        if event == "submit":
            submit_attempt(claim=claim_of(attempt), now=now)
            model.is_open = False
            continue
        last = event if event != "again" else last
        if last is None:
            continue
        slot, sequence, choice, flagged = last
        refused, said = None, {}
        try:
            saved = save_response(
                claim=claim_of(attempt), slot=slot, sequence=sequence, answer=choice and {"choice": choice},
                flagged=flagged, seconds=number, now=now,
            )  # fmt: skip
            assert (saved.slot, saved.sequence) == (slot, sequence)
        except (AttemptClosed, StaleSequence) as refusal:
            refused, said = type(refusal), refusal.members
        if refused is StaleSequence:
            assert (said["sequence"], said["answer"]) == model.held[slot][:2]
        assert refused == model.save(slot, sequence, choice, flagged)

    rows = Response.objects.filter(attempt=attempt)
    assert {row.slot: (row.sequence, row.answer, row.flagged) for row in rows} == model.held
    steps = list(AttemptStep.objects.filter(attempt=attempt).order_by("id"))
    answered = [step for step in steps if step.kind == "answered"]
    assert [(step.slot, step.sequence, step.body["answer"]) for step in answered] == model.log
    replayed = {step.slot: (step.sequence, step.body["answer"], step.body["flagged"]) for step in answered}
    assert replayed == model.held
    assert [step.kind for step in steps].count("submitted") == (not model.is_open)
    assert verify_steps(attempt=Attempt.objects.get(pk=attempt.pk), steps=steps).is_intact
    void_attempt(attempt=attempt.pk, reason="Next example", actor=cast.staff.account, now=NOW)


@pytest.fixture
def shared(cast):
    return make_delivery(make_plain_form(cast.harbour.academy, 2), time_limit_seconds=None), cast
