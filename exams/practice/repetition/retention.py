"""How well a learner remembers: what was recalled of what was due, whether that was foreseen, what comes next."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Case, Count, F, Q, Value, When
from django.db.models.functions import TruncWeek

from academies.models import Membership
from exams.practice.repetition.models import ReviewCard, ReviewLog
from exams.practice.repetition.querysets import ReviewLogQuerySet
from exams.practice.repetition.terms import Terms

# Period → days back, and whether its points are days or weeks.
PERIODS: dict[str, tuple[int | None, str]] = {
    "7d": (7, "day"),
    "30d": (30, "day"),
    "90d": (90, "week"),
    "all": (None, "week"),
}
FORECAST_DAYS = 30
# Lower bounds of the predicted chances that are put together.
_BUCKETS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95)


def retention_of(member: Membership, *, period: str, terms: Terms, now: datetime) -> dict[str, Any]:
    """The retention of a period, in the shape of `RetentionOut`. Three statements.

    Only reviews of cards that had come to be due count: repeating something in the minutes after it was learnt says
    nothing about memory.
    """
    back, by = PERIODS[period]
    reviews = ReviewLog.objects.of_learner(member).standing().filter(state_before=ReviewCard.State.REVIEW)
    if back is not None:
        first = terms.today - timedelta(days=back - 1)
        # The moment is for the index; the day of a traveller may begin up to a day sooner.
        reviews = reviews.filter(local_date__gte=first, reviewed_at__gt=now - timedelta(days=back + 1))
    points = _points(reviews, by)
    return {
        "period": period,
        "by": by,
        "reviews": sum(point["reviews"] for point in points),
        "recalled": sum(point["recalled"] for point in points),
        "desired_retention": float(terms.settings.desired_retention),
        "points": points,
        "calibration": _calibration(reviews),
        "forecast": _forecast(member, terms),
    }


def _points(reviews: ReviewLogQuerySet, by: str) -> list[dict[str, Any]]:
    day = TruncWeek("local_date") if by == "week" else F("local_date")
    rows = (
        reviews.annotate(date=day)
        .values("date")
        .order_by("date")
        .annotate(reviews=Count("id"), recalled=Count("id", filter=_RECALLED))
    )
    return [dict(row) for row in rows]


def _calibration(reviews: ReviewLogQuerySet) -> list[dict[str, Any]]:
    bounds = reversed(_BUCKETS)
    bucket = Case(*(When(retrievability__gte=bound, then=Value(bound)) for bound in bounds))
    rows = (
        reviews.filter(retrievability__isnull=False)
        .annotate(bucket=bucket)
        .values("bucket")
        .order_by("bucket")
        .annotate(reviews=Count("id"), recalled=Count("id", filter=_RECALLED), predicted=Avg("retrievability"))
    )
    upper = dict(zip(_BUCKETS, (*_BUCKETS[1:], 1.0), strict=True))
    return [{**row, "from": row["bucket"], "to": upper[row["bucket"]]} for row in rows]


def _forecast(member: Membership, terms: Terms) -> list[dict[str, Any]]:
    """What is due on each of the coming days, as things stand; what is overdue counts today."""
    cards = ReviewCard.objects.of_learner(member).showable(member.academy).exclude(state=ReviewCard.State.NEW)
    due = cards.due_by_day(terms, first=1, last=FORECAST_DAYS - 1)
    due[0] = cards.filter(due_at__lt=terms.midnight(1)).count()
    return [{"date": terms.today + timedelta(days=day), "cards": due.get(day, 0)} for day in range(FORECAST_DAYS)]


_RECALLED = ~Q(rating=ReviewLog.Rating.AGAIN)
