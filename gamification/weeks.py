"""The week of boards and leagues: from Monday to Monday by UTC, the same for everybody."""

from datetime import UTC, date, datetime, time, timedelta

WEEK = timedelta(weeks=1)


def week_of(at: datetime) -> date:
    """The Monday of the week that a moment lies in."""
    day = at.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def end_of(week_date: date) -> datetime:
    """When the week is over: its next Monday, midnight."""
    return datetime.combine(week_date, time(), UTC) + WEEK
