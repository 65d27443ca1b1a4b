"""How much was done in the day and in the week, counted from facts."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q, Sum

from exams.marking.models import MarkedAnswer
from gamification.goals.models import GoalKind, Period
from gamification.xp.models import XPEntry

# A learner in an academy.
Person = tuple[UUID, UUID]
Progress = Mapping[tuple[str, str], int]
SECONDS = "seconds"


def start_of(period: str, day: date) -> date:
    """The first date of the day or week (from Monday) that a date lies in."""
    return day if period == Period.DAY else day - timedelta(days=day.weekday())


def progress_of(dates: Mapping[Person, date]) -> dict[Person, Progress]:
    """(period, kind) → how much, for each person on that date of theirs. Two statements for any number of people."""
    sums: defaultdict[Person, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    if not dates:
        return {}
    weeks = {start_of(Period.WEEK, day) for day in dates.values()}
    first, last = min(weeks), max(weeks) + timedelta(6)
    are_theirs = Q(academy__in={each[0] for each in dates}, learner__in={each[1] for each in dates})
    # Dates are local, moments are not: a day more on each side holds every zone.
    begin, end = (datetime.combine(day, time.min, UTC) for day in (first - timedelta(1), last + timedelta(2)))
    answers = (
        MarkedAnswer.objects.filter(are_theirs, answered_at__gte=begin, answered_at__lt=end)
        .order_by()
        .values_list("academy", "learner", "local_date")
        .annotate(
            answers=Count("id"),
            right=Count("id", filter=Q(fraction=1, is_counted=True)),
            reviews=Count("id", filter=Q(source=MarkedAnswer.Source.REVIEW)),
            seconds=Sum("seconds"),
        )
    )
    for academy, learner, day, *counts in answers:
        kinds = (GoalKind.ANSWERS, GoalKind.RIGHT, GoalKind.REVIEWS, SECONDS)
        _add(sums, dates, (academy, learner), day, dict(zip(kinds, counts, strict=True)))
    points = XPEntry.objects.filter(are_theirs, local_date__gte=first, local_date__lte=last).order_by()
    for academy, learner, day, amount in points.values_list("academy", "learner", "local_date").annotate(
        amount_sum=Sum("amount")
    ):
        _add(sums, dates, (academy, learner), day, {GoalKind.XP: amount})
    return {person: _in_minutes(sums[person]) for person in dates}


def _add(
    sums: defaultdict[Person, defaultdict[str, Counter[str]]],
    dates: Mapping[Person, date],
    person: Person,
    day: date,
    counts: Mapping[str, int],
) -> None:
    wanted = dates.get(person)
    if wanted is None:
        return
    for period in Period.values:
        if start_of(period, day) == start_of(period, wanted):
            sums[person][period].update(counts)


def _in_minutes(periods: Mapping[str, Counter[str]]) -> Progress:
    return {
        (period, kind): periods[period][SECONDS] // 60 if kind == GoalKind.MINUTES else periods[period][kind]
        for period in Period.values
        for kind in GoalKind.values
    }
