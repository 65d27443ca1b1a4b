"""Events of one learner that are handled at the same moment share their caps and miss nothing."""

from datetime import UTC, datetime

import pytest

from gamification.achievements.rebuilding import rebuild_achievements
from gamification.achievements.subscribers import award_for_answers
from gamification.models import Award, Deed, StreakDay, StreakShare, XPEntry, XPTotal
from gamification.streaks.actions import count, shares_of
from gamification.xp.actions import award
from tests.exams.threads import all_at_once
from tests.gamification.happenings import happen, reviews

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = "2026-03-02"


@pytest.mark.django_db(transaction=True)
def test_a_cap_is_never_used_twice(cast):
    learner = cast.harbour.learner.membership
    events = [reviews(learner, day=DAY, recalled=60) for _ in range(4)]
    told = list(zip(events, happen(*events, now=NOW), strict=True))
    # Each is delivered twice.
    outcomes = all_at_once([lambda each=each: award(event=each[0], entry=each[1]) for each in told[:3] + told[:3]])
    assert outcomes == [None] * 6
    award(event=told[3][0], entry=told[3][1])
    assert list(XPEntry.objects.order_by("entry_id").values_list("amount", flat=True)) == [60, 40, 0, 0]
    assert XPTotal.objects.get().total == 100


@pytest.mark.django_db(transaction=True)
def test_answers_of_a_day_are_added_up_once(cast):
    learner = cast.harbour.learner.membership
    events = [reviews(learner, day=DAY, recalled=2) for _ in range(3)]
    told = list(zip(events, happen(*events, now=NOW), strict=True))
    outcomes = all_at_once([lambda each=each: count(shares=shares_of(*each), now=NOW) for each in told + told])
    assert outcomes == [None] * 6
    assert StreakShare.objects.count() == 3
    day = StreakDay.objects.get()
    assert (day.answers, day.state) == (6, "active")


@pytest.mark.django_db(transaction=True)
def test_deeds_that_are_counted_again_meanwhile_count_once(cast):
    learner = cast.harbour.learner.membership
    events = [reviews(learner, day=DAY, recalled=20) for _ in range(4)]
    told = list(zip(events, happen(*events, now=NOW), strict=True))
    outcomes = all_at_once(
        [
            *(lambda each=each: award_for_answers(*each) for each in told + told),
            *(lambda: rebuild_achievements(now=NOW) for _ in range(2)),
        ]
    )
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert list(Deed.objects.values_list("amount", flat=True)) == [20] * 4
    assert list(Award.objects.values_list("code", flat=True)) == ["recalled_50"]
