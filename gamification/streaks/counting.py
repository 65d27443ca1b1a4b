"""How days make a streak. Plain arithmetic on dates, without database and clock.

An active day adds one to the length. Seven active days in a row earn a freeze, of which two are held at most. A day
that was missed uses a freeze up; without one it ends the streak, unless it was repaired. Days that are kept by a
freeze or a repair add nothing, and begin the seven days anew.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import TextChoices

ACTIVE_ANSWERS = 5
DAYS_FOR_FREEZE = 7
MOST_FREEZES = 2
REPAIR_ANSWERS = 2 * ACTIVE_ANSWERS
# A repair is possible until this many days after the missed one: 48 hours from its end.
REPAIR_DAYS = 2
# Of a day that a journey made shorter than this nobody could be expected to make use.
SHORTEST_DAY = timedelta(hours=12)
DAY = timedelta(days=1)


class DayState(TextChoices):
    """What became of a day. Open: too little was answered and nothing hung on it, or it is not over."""

    OPEN = "open", "Open"
    ACTIVE = "active", "Active"
    FROZEN = "frozen", "Kept by a freeze"
    REPAIRED = "repaired", "Repaired"
    MISSED = "missed", "Missed"


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What a number of days came to."""

    length: int = 0
    longest: int = 0
    freezes: int = 0
    in_a_row: int = 0
    lost_date: date | None = None
    lost_length: int = 0

    def with_active_day(self) -> "Tally":
        """One more day on which enough was answered."""
        earns = self.in_a_row + 1 == DAYS_FOR_FREEZE
        return replace(
            self,
            length=self.length + 1,
            longest=max(self.longest, self.length + 1),
            in_a_row=0 if earns else self.in_a_row + 1,
            freezes=min(self.freezes + earns, MOST_FREEZES),
        )


# A time zone and the moment from which a person lived by it; None for the first.
Zones = list[tuple[datetime | None, str]]


def count_days(
    start: Tally,
    answers: Mapping[date, int],
    *,
    after: date,
    to: date,
    repaired: Container[date] = (),
    is_excused: Callable[[date], bool] = lambda _day: False,
) -> tuple[Tally, dict[date, DayState]]:
    """The tally at the end of `to`, when all days up to `after` came to `start`; and what became of the days between.

    Days that say nothing (no streak that they could have ended) are left out.
    """
    tally, states = start, {}
    active = sorted(day for day, count in answers.items() if count >= ACTIVE_ANSWERS and after < day <= to)
    day = after + DAY
    while day <= to:
        if answers.get(day, 0) >= ACTIVE_ANSWERS:
            tally, states[day] = tally.with_active_day(), DayState.ACTIVE
        elif tally.length == 0:
            # Nothing can happen before the next active day.
            following = next((each for each in active if each > day), None)
            if following is None:
                break
            day = following
            continue
        elif day in repaired:
            tally, states[day] = replace(tally, in_a_row=0), DayState.REPAIRED
        elif is_excused(day):
            pass
        elif tally.freezes:
            tally, states[day] = replace(tally, freezes=tally.freezes - 1, in_a_row=0), DayState.FROZEN
        else:
            tally = replace(tally, length=0, in_a_row=0, lost_date=day, lost_length=tally.length)
            states[day] = DayState.MISSED
        day += DAY
    return tally, states


def lived(day: date, zones: Zones) -> timedelta:
    """How long a date lasted for somebody who lived by these zones in turn.

    23 to 25 hours around a change of the clocks; more or less for who travelled, and nothing for a date that they
    jumped over.
    """
    total = timedelta()
    for at, (start, name) in enumerate(zones):
        zone = ZoneInfo(name)
        begin, end = (datetime.combine(each, time.min, zone).astimezone(UTC) for each in (day, day + DAY))
        if start is not None:
            begin = max(begin, start)
        if at + 1 < len(zones) and (until := zones[at + 1][0]) is not None:
            end = min(end, until)
        total += max(end - begin, timedelta())
    return total


def is_too_short(day: date, zones: Zones) -> bool:
    """Whether a journey left so little of a date that it is not held against anybody."""
    return len(zones) > 1 and lived(day, zones) < SHORTEST_DAY
