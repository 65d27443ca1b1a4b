"""Streaks as they are now, also where nobody has closed the days yet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from accounts.identity.events import TimeZoneChanged
from accounts.journal.models import JournalEntry
from gamification.streaks.counting import (
    ACTIVE_ANSWERS,
    DAY,
    REPAIR_ANSWERS,
    REPAIR_DAYS,
    DayState,
    Tally,
    Zones,
    count_days,
    is_too_short,
)
from gamification.streaks.models import Streak, StreakDay, StreakRepair

if TYPE_CHECKING:
    from accounts.models import User

CALENDAR_DAYS = 35


@dataclass(frozen=True, kw_only=True)
class Day:
    """One date of the calendar."""

    date: date
    answers: int
    state: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A streak on a day of its learner's. `repairable` is the missed day that can still be made good for."""

    today: date
    tally: Tally
    is_today_done: bool
    answers_today: int
    repairable: date | None
    has_earned_repair: bool
    repaired_this_month: bool
    days: list[Day]


def standing_of(*, academy: UUID, learner: "User", today: date) -> Standing:
    """The streak of one learner. The same number of statements whatever its length."""
    streak = Streak.objects.filter(academy=academy, learner=learner).first()
    first = today - (CALENDAR_DAYS - 1) * DAY
    rows = StreakDay.objects.of(academy, learner.pk)
    start, after = Tally(), date.min
    # Somebody who travelled west may live a day again that has been closed: then all of it is counted anew.
    if streak is not None and streak.counted_to < today:
        start, after = streak.tally, streak.counted_to
        rows = rows.filter(local_date__gt=min(after, first - DAY))
    days = {row.local_date: row for row in rows}
    repairs = list(StreakRepair.objects.filter(academy=academy, learner=learner).order_by("repaired_date"))
    repaired = {repair.repaired_date for repair in repairs}
    zones = zones_of([learner])[learner.pk]
    answers = {day: row.answers for day, row in days.items()}
    after = max(after, min(days, default=today) - DAY) if after == date.min else after
    tally, states = count_days(
        start,
        answers,
        after=after,
        to=today - DAY,
        repaired=repaired,
        is_excused=lambda day: is_too_short(day, zones),
    )
    # Today, and what was answered on a date that lies ahead again since a journey west.
    for day in sorted(days):
        if day >= today and answers[day] >= ACTIVE_ANSWERS:
            tally, states[day] = tally.with_active_day(), DayState.ACTIVE
    calendar = [
        Day(
            date=day, answers=answers.get(day, 0), state=states.get(day) or (days[day].state if day in days else "open")
        )
        for day in (first + number * DAY for number in range(CALENDAR_DAYS))
    ]
    lost = _repairable(tally, answers, today=today, zones=zones)
    return Standing(
        today=today,
        tally=tally,
        is_today_done=answers.get(today, 0) >= ACTIVE_ANSWERS,
        answers_today=answers.get(today, 0),
        repairable=lost,
        has_earned_repair=lost is not None
        and any(answers.get(day, 0) >= REPAIR_ANSWERS for day in _since(lost, today)),
        repaired_this_month=any(repair.month_date == today.replace(day=1) for repair in repairs),
        days=calendar,
    )


def zones_of(learners: "Iterable[User]") -> dict[UUID, Zones]:
    """The time zones that people have lived by. One statement."""
    people = {str(user.pk): user for user in learners}
    changes = JournalEntry.objects.filter(kind=TimeZoneChanged.kind, subject_id__in=people)
    found: defaultdict[UUID, Zones] = defaultdict(list)
    for person, at, before, after in changes.order_by("id").values_list(
        "subject_id", "occurred_at", "payload__before", "payload__after"
    ):
        zones = found[people[person].pk]
        if not zones:
            zones.append((None, before))
        zones.append((at, after))
    return {user.pk: found.get(user.pk) or [(None, user.time_zone)] for user in people.values()}


def _repairable(tally: Tally, answers: dict[date, int], *, today: date, zones: Zones) -> date | None:
    """The day that ended the streak, if it is not long ago and the only one that was missed."""
    lost = tally.lost_date
    if lost is None or not today - REPAIR_DAYS * DAY <= lost < today:
        return None
    between = [day for day in _since(lost, today) if day < today]
    is_only_one = all(answers.get(day, 0) >= ACTIVE_ANSWERS or is_too_short(day, zones) for day in between)
    return lost if is_only_one else None


def _since(lost: date, today: date) -> list[date]:
    return [lost + number * DAY for number in range(1, (today - lost).days + 1)]
