"""Many things at once on the real database: what was acknowledged is what gets marked."""

import random
import threading
from collections import defaultdict

import pytest

from accounts.models import JournalEntry
from exams.delivery.actions import close_overdue_attempts, log_steps, start_attempt, submit_attempt
from exams.delivery.autosave import save_response
from exams.delivery.errors import AttemptClosed, StaleSequence
from exams.delivery.models import Attempt, AttemptStep, Response
from exams.delivery.paper import paper_of
from exams.delivery.steps import verify_steps
from exams.marking.actions import mark_attempt, mark_submitted_attempts, score, submit_and_mark
from exams.marking.models import Score
from tests.exams.threads import all_at_once, in_turns
from tests.factories.academies import MembershipFactory
from tests.factories.exams import NOW, claim_of, make_delivery, make_plain_form, minutes, start

pytestmark = pytest.mark.django_db(transaction=True)

LEARNERS, ANSWERS, SLOTS = 50, 60, 12
AFTER = NOW + minutes(61)


@pytest.fixture
def delivery(cast):
    delivery = make_delivery(make_plain_form(cast.harbour.academy, SLOTS))
    paper_of(delivery.form_id)
    return delivery


@pytest.fixture
def learners(cast):
    return [MembershipFactory(academy=cast.harbour.academy) for _ in range(LEARNERS)]


def save(attempt, slot, sequence, choice, *, now=NOW):
    return save_response(
        claim=claim_of(attempt),
        slot=slot,
        sequence=sequence,
        answer={"choice": choice},
        flagged=False,
        seconds=1,
        now=now,
    )


def entries(attempt, kind):
    return JournalEntry.objects.filter(subject_id=str(attempt.pk), kind=f"exams.{kind}").count()


def is_intact(attempt):
    steps = AttemptStep.objects.filter(attempt=attempt).order_by("id")
    return verify_steps(attempt=Attempt.objects.get(pk=attempt.pk), steps=steps).is_intact


class Learner:
    """One learner who saves answers while somebody hands in at a random moment."""

    def __init__(self, attempt, seed):
        self.attempt, self.random = attempt, random.Random(seed)
        self.hand_in_after = self.random.randrange(ANSWERS)
        self.acknowledged, self.refused = [], []
        self.is_time = threading.Event()

    def save_all(self):
        for sequence in range(1, ANSWERS + 1):
            slot, choice = self.random.randint(1, SLOTS), self.random.choice("abc")
            try:
                save(self.attempt, slot, sequence, choice)
                self.acknowledged.append((slot, sequence, choice))
            except AttemptClosed:
                self.refused.append(sequence)
            if sequence > self.hand_in_after:
                self.is_time.set()

    def hand_in(self):
        assert self.is_time.wait(timeout=25)
        submit_and_mark(claim=claim_of(self.attempt), now=NOW)


def test_every_acknowledged_answer_is_marked_and_none_that_came_later(delivery, learners):
    people = [Learner(start(delivery, learner), seed) for seed, learner in enumerate(learners)]
    failures = in_turns([call for person in people for call in (person.save_all, person.hand_in)])
    assert [failure for failure in failures if failure is not None] == []
    assert sum(len(person.refused) for person in people) > 0, "some answers came too late"

    paper = paper_of(delivery.form_id)
    responses, logged, scores = defaultdict(dict), defaultdict(list), {}
    for row in Response.objects.all():
        responses[row.attempt_id][row.slot] = (row.slot, row.sequence, row.answer["choice"])
    for step in AttemptStep.objects.order_by("id"):
        logged[step.attempt_id].append(step)
    for row in Score.objects.filter(is_current=True):
        assert row.attempt_id not in scores
        scores[row.attempt_id] = row
    for person in people:
        attempt = person.attempt.pk
        assert len(person.acknowledged) + len(person.refused) == ANSWERS
        assert responses[attempt] == {saved[0]: saved for saved in person.acknowledged}, "the last one of each slot"
        steps = [(step.slot, step.sequence, step.body["answer"]["choice"]) for step in logged[attempt][1:-1]]
        assert steps == person.acknowledged
        assert [logged[attempt][0].kind, logged[attempt][-1].kind] == ["started", "submitted"]
        expected = score(paper=paper, answers={slot: {"choice": choice} for slot, _, choice in person.acknowledged})
        assert (scores[attempt].raw, scores[attempt].fractions) == (expected.raw, expected.fractions)
        assert is_intact(person.attempt)


def test_two_devices_end_with_the_highest_sequence_that_was_accepted(delivery, learners):
    attempt = start(delivery, learners[0])
    accepted = []

    def device(choice):
        sequence, saved = 0, 0
        while saved < 40:
            sequence += 1
            try:
                save(attempt, 1, sequence, choice)
            except StaleSequence as stale:
                sequence = stale.members["sequence"]
                continue
            accepted.append((sequence, choice))
            saved += 1

    failures = all_at_once([lambda: device("a"), lambda: device("b"), lambda: device("c")])
    assert failures == [None, None, None]
    held = Response.objects.get(attempt=attempt)
    assert (held.sequence, held.answer["choice"]) == max(accepted)
    logged = list(AttemptStep.objects.filter(attempt=attempt, kind="answered").order_by("id"))
    assert [step.sequence for step in logged] == sorted(sequence for sequence, _ in accepted)
    assert len({sequence for sequence, _ in accepted}) == 120, "no sequence was accepted for two answers"


def test_handing_in_from_many_tabs_at_once_counts_once(delivery, learners):
    attempt = start(delivery, learners[0])
    found = all_at_once([lambda: submit_and_mark(claim=claim_of(attempt), now=NOW)] * 6)
    assert {type(one) for one in found} == {Attempt}
    assert AttemptStep.objects.filter(attempt=attempt, kind="submitted").count() == 1
    assert entries(attempt, "attempt_submitted") == entries(attempt, "attempt_marked") == 1
    assert Score.objects.filter(attempt=attempt).count() == 1


def test_sweeper_and_learner_close_an_attempt_once(delivery, learners):
    attempts = [start(delivery, learner) for learner in learners[:12]]
    for attempt in attempts:
        found = all_at_once(
            [
                lambda attempt=attempt: submit_attempt(claim=claim_of(attempt), now=NOW + minutes(60)),
                lambda: close_overdue_attempts(now=AFTER),
            ]
        )
        assert not [one for one in found if isinstance(one, Exception)]
    for attempt in attempts:
        assert AttemptStep.objects.filter(attempt=attempt, kind="submitted").count() == 1
        assert entries(attempt, "attempt_submitted") == 1
        assert is_intact(attempt)


def test_sweepers_side_by_side_deal_with_each_attempt_once(delivery, learners):
    attempts = [start(delivery, learner) for learner in learners[:30]]

    def sweep():
        return close_overdue_attempts(now=AFTER), mark_submitted_attempts(now=AFTER)

    found = all_at_once([sweep] * 4)
    while close_overdue_attempts(now=AFTER) or mark_submitted_attempts(now=AFTER):
        pass  # what the others had locked when their turn came
    assert not [one for one in found if isinstance(one, Exception)]
    for attempt in attempts:
        assert entries(attempt, "attempt_submitted") == entries(attempt, "attempt_marked") == 1
        assert Score.objects.filter(attempt=attempt).count() == 1
    assert set(Attempt.objects.values_list("state", flat=True)) == {"released"}


def test_marking_twice_at_once_makes_one_score(delivery, learners):
    attempt = start(delivery, learners[0])
    submit_attempt(claim=claim_of(attempt), now=NOW)
    found = all_at_once([lambda: mark_attempt(attempt=attempt.pk, now=NOW)] * 6)
    assert sum(one is not None for one in found) == 1
    assert not [one for one in found if isinstance(one, Exception)]


def test_eight_tabs_start_one_attempt(delivery, learners):
    for learner in learners[:5]:
        found = all_at_once([lambda learner=learner: start_attempt(delivery=delivery.pk, actor=learner, now=NOW)] * 8)
        assert not [one for one in found if isinstance(one, Exception)]
        assert len({one.attempt.pk for one in found}) == 1
        assert sum(one.is_new for one in found) == 1
    assert JournalEntry.objects.filter(kind="exams.attempt_started").count() == 5


def test_steps_that_race_a_submission_never_break_its_seal(delivery, learners):
    """A step that were written behind the seal, but with a lower number, would look like tampering."""
    report = [{"kind": "focus_lost", "slot": None}] * 20
    for learner in learners[:15]:
        attempt = start(delivery, learner)
        found = all_at_once(
            [
                lambda attempt=attempt: log_steps(claim=claim_of(attempt), steps=report, now=NOW),
                lambda attempt=attempt: submit_attempt(claim=claim_of(attempt), now=NOW),
                lambda attempt=attempt: log_steps(claim=claim_of(attempt), steps=report, now=NOW),
            ]
        )
        assert not [one for one in found if isinstance(one, Exception)]
        assert is_intact(attempt)
