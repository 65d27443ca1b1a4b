"""The routes about points, streaks, achievements and goals: who gets what, and how their lists grow."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from gamification.models import GoalDone, XPEntry
from tests.architecture.access import Access, Given, harbour, members_only
from tests.cast import Cast

_MOTIVATION = "/api/v1/academies/{slug}/motivation/"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def learners_only(*, learner: int = 200, given: Callable[[Cast], Given] = harbour) -> Access:
    """Of those who sit exams."""
    return members_only(owner=403, manager=403, instructor=403, learner=learner, given=given)


def some_goals(cast: Cast) -> Given:
    """A goal."""
    return Given(path={"slug": "harbour"}, body={"goals": [{"period": "day", "kind": "answers", "target": 20}]})


def an_hour(cast: Cast) -> Given:
    """When to be reminded."""
    return Given(path={"slug": "harbour"}, body={"is_on": True, "hour": 18})


TABLE: dict[str, Access] = {
    f"GET {_MOTIVATION}standing/": learners_only(),
    f"GET {_MOTIVATION}xp/": learners_only(),
    f"GET {_MOTIVATION}rules/": learners_only(),
    f"GET {_MOTIVATION}achievements/": learners_only(),
    f"GET {_MOTIVATION}goals/": learners_only(),
    f"PUT {_MOTIVATION}goals/": learners_only(given=some_goals),
    f"GET {_MOTIVATION}goals/history/": learners_only(),
    f"POST {_MOTIVATION}streak/repair/": learners_only(learner=409),
    f"GET {_MOTIVATION}reminder/": learners_only(),
    f"PUT {_MOTIVATION}reminder/": learners_only(given=an_hour),
}


def more_points(cast: Cast, count: int) -> None:
    """Entries of the learner."""
    first = XPEntry.objects.count()
    XPEntry.objects.bulk_create(
        XPEntry(
            academy=cast.harbour.academy,
            learner=cast.harbour.learner.account,
            entry_id=first + number,
            rule="quiz_right",
            worth=2,
            amount=2,
            local_date=date(2026, 3, 2),
            week_date=date(2026, 3, 2),
            earned_at=NOW,
        )
        for number in range(count)
    )


def more_goals_reached(cast: Cast, count: int) -> None:
    """Goals that the learner reached."""
    first = date(2026, 3, 2).toordinal() + GoalDone.objects.count()
    GoalDone.objects.bulk_create(
        GoalDone(
            academy=cast.harbour.academy,
            learner=cast.harbour.learner.account,
            period="day",
            kind="answers",
            start_date=date.fromordinal(first + number),
            target=20,
            reached_at=NOW,
        )
        for number in range(count)
    )


LISTS: dict[str, Callable[[Cast, int], None]] = {
    f"GET {_MOTIVATION}xp/": more_points,
    f"GET {_MOTIVATION}goals/history/": more_goals_reached,
}
