"""How much a learner sees today, and what an answer suggests about memory. Pure."""

from dataclasses import dataclass
from math import ceil

# A right answer that took longer was hard to recall, one that came sooner was easy.
SLOW_SECONDS = 90
QUICK_SECONDS = 8


@dataclass(frozen=True, kw_only=True)
class DayPlan:
    """What of the waiting cards is for today. With an exam ahead `needed_per_day` is what it takes to see them all."""

    due: int
    new: int
    needed_per_day: int | None

    @property
    def cards(self) -> int:
        """All of it."""
        return self.due + self.new


def plan_day(
    *,
    due: int,
    new: int,
    seen: int,
    seen_new: int,
    daily_limit: int,
    new_per_day: int,
    days_left: int | None,
) -> DayPlan:
    """Share out what is left of the day's limit: `seen` cards were reviewed today, `seen_new` of them never before.

    Without an exam ahead what is due comes first. With one in `days_left` days each day takes its share of the new
    ones, however much is due, so that all have been seen by then if the limit allows it.
    """
    room = max(0, daily_limit - seen)
    fresh = max(0, new_per_day - seen_new)
    if days_left is None:
        for_due = min(due, room)
        return DayPlan(due=for_due, new=min(new, fresh, room - for_due), needed_per_day=None)
    share = max(0, ceil((new + seen_new) / days_left) - seen_new)
    needed = ceil((due + new) / days_left)
    for_share = min(new, share, room)
    for_due = min(due, room - for_share)
    more = min(new - for_share, max(0, fresh - for_share), room - for_share - for_due)
    return DayPlan(due=for_due, new=for_share + more, needed_per_day=needed)


def suggested_rating(*, fraction: float, seconds: int) -> str:
    """What the answer speaks for. The learner decides."""
    if fraction < 1:
        return "again"
    if seconds > SLOW_SECONDS:
        return "hard"
    return "easy" if seconds < QUICK_SECONDS else "good"
