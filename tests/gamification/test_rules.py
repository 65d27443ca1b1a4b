"""What gives points, what does not, and that nothing gives points twice."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from accounts.journal.models import JournalEntry
from accounts.models import Erasure
from gamification.models import XPEntry, XPTotal
from gamification.xp.actions import award
from gamification.xp.rules import RULES, amounts
from tests.gamification.happenings import quiz, result, reviews, study, tell, upheld

DAY = "2026-03-02"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def learner(cast):
    return cast.harbour.learner.membership


def points(member):
    return sum(XPEntry.objects.of_learner(member).values_list("amount", flat=True))


def test_a_quiz_gives_points_for_what_was_never_right_before(learner):
    tell(quiz(learner, day=DAY, items=10, right=8, new=6, hard_right=2), now=NOW)
    given = dict(XPEntry.objects.values_list("rule", "amount"))
    assert given == {"quiz_right": 12, "quiz_hard": 6}
    assert XPTotal.objects.get().total == 18
    earned = JournalEntry.objects.filter(kind="gamification.xp_earned").get()
    assert earned.payload["total"] == earned.payload["week_total"] == earned.payload["amount"] == 18
    assert earned.payload["week_date"] == "2026-03-02"


@pytest.mark.parametrize(
    "event",
    [
        lambda member: quiz(member, day=DAY, items=10, right=10, new=0),
        lambda member: quiz(member, day=DAY, items=4, right=4, new=4, hard_right=4),
        lambda member: result(
            member, day=DAY, first_right=0, best_before="0.8000", share="0.8000", is_first_pass=False
        ),
        lambda member: result(
            member, day=DAY, first_right=0, best_before="0.9000", share="0.8000", is_first_pass=False
        ),
        lambda member: study(member, day=DAY, answered=40),
        lambda member: reviews(member, day=DAY, recalled=0, empties=True),
    ],
    ids=["a repeat", "a trivial quiz", "a retake as good", "a worse retake", "study", "an empty queue"],
)
def test_what_can_be_farmed_gives_nothing(learner, event):
    tell(event(learner), now=NOW)
    assert not XPEntry.objects.exists()


def test_an_accurate_quiz_without_new_items_gives_no_bonus(learner):
    tell(quiz(learner, day=DAY, items=10, right=10, new=4), now=NOW)
    assert set(XPEntry.objects.values_list("rule", flat=True)) == {"quiz_right"}
    tell(quiz(learner, day=DAY, items=10, right=9, new=5), now=NOW)
    assert XPEntry.objects.of_rule("quiz_accuracy").get().amount == 15


def test_a_result_gives_points_for_news_and_for_getting_better(learner):
    exam = uuid4()
    tell(result(learner, day=DAY, exam=exam, first_right=10), now=NOW)
    tell(
        result(learner, day=DAY, exam=exam, first_right=0, best_before="0.8000", share="0.9000", is_first_pass=False),
        now=NOW,
    )
    given = dict(XPEntry.objects.values_list("rule", "amount"))
    assert given == {"exam_right": 30, "exam_first_pass": 100, "exam_improved": 10}


def test_the_first_pass_of_an_exam_counts_once(learner):
    exam = uuid4()
    tell(result(learner, day=DAY, exam=exam), result(learner, day=DAY, exam=exam), now=NOW)
    assert list(XPEntry.objects.of_rule("exam_first_pass").values_list("amount", flat=True)) == [100]
    tell(result(learner, day=DAY), now=NOW)
    assert XPEntry.objects.of_rule("exam_first_pass").count() == 2


def test_the_same_item_reported_twice_counts_once(learner, cast):
    item = uuid4()
    tell(upheld(learner, item=item), upheld(learner, item=item), now=NOW)
    assert points(learner) == 20
    other = cast.harbour.other_learner.membership
    tell(upheld(other, item=item), now=NOW)
    assert points(other) == 20


def test_caps_are_by_the_learners_day(learner):
    tell(*(reviews(learner, day=DAY, recalled=70, empties=True) for _ in range(3)), now=NOW)
    assert points(learner) == 100 + 10
    tell(reviews(learner, day="2026-03-03", recalled=70), now=NOW + timedelta(days=1))
    assert points(learner) == 180


def test_what_comes_late_takes_its_share_in_the_order_of_the_journal(learner):
    first, second = (
        JournalEntry.objects.create(kind="exams.reviews_done", payload={}, occurred_at=NOW) for _ in range(2)
    )
    early, late = (reviews(learner, day=DAY, recalled=recalled) for recalled in (80, 60))
    for event, entry in ((late, second), (early, first), (late, second), (early, first)):
        award(event=event, entry=entry)
    assert list(XPEntry.objects.order_by("entry_id").values_list("worth", "amount")) == [(80, 80), (60, 20)]
    assert XPTotal.objects.get().total == 100


def test_nothing_is_given_to_somebody_who_was_erased(learner):
    Erasure.objects.create(
        user=learner.user, asked_by=learner.user, state=Erasure.State.DONE, due_at=NOW, closed_at=NOW
    )
    tell(quiz(learner, day=DAY), now=NOW)
    assert not XPEntry.objects.exists()
    assert not XPTotal.objects.exists()


def test_shares_of_a_cap_never_exceed_it():
    assert amounts(RULES["reviews_recalled"], [60, 60, 60]) == [60, 40, 0]
    assert amounts(RULES["exam_first_pass"], [100, 100]) == [100, 0]


def test_every_rule_has_one_limit():
    assert all((rule.a_day is None) != (rule.once_for is None) for rule in RULES.values())
