"""Where a learner's time goes: by day and source, by weekday and part of the day, by domain for right and wrong."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Avg, Case, CharField, Count, IntegerField, Q, Sum, Value, When
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from academies.models import Membership
from analytics.insights.periods import span_of
from analytics.rollups.folding import as_of
from analytics.rollups.models import LearnerDay
from exams.marking.models import MarkedAnswer

# Part of the day → the hour at which the next one begins, on the learner's clock.
PARTS = (("night", 6), ("morning", 12), ("afternoon", 18), ("evening", 24))
# Nobody's date is further from UTC's.
_A_DAY = timedelta(days=1)


def time_use_of(member: Membership, *, period: str, bank: UUID | None, now: datetime) -> dict[str, Any]:
    """In the shape of `TimeUseOut`. Three statements: one over the learner's days, two over their answers.

    What was right or wrong in exams that have not shown it stays out of the pace, and of nothing else.
    """
    zone = ZoneInfo(member.user.time_zone)
    today = now.astimezone(zone).date()
    start = span_of(period, today=today).first
    days = LearnerDay.objects.of_learner(member).in_bank(bank)
    answers = MarkedAnswer.objects.of_learner(member).counted()
    if bank is not None:
        answers = answers.filter(bank=bank)
    if start is not None:
        begin = datetime.combine(start, datetime.min.time(), tzinfo=zone) - _A_DAY
        days, answers = (
            days.filter(local_date__gte=start),
            answers.filter(answered_at__gte=begin, local_date__gte=start),
        )
    by_day: dict[date, int] = defaultdict(int)
    by_source: dict[str, int] = defaultdict(int)
    for day, source, seconds in (
        days.values_list("local_date", "source").annotate(spent=Sum("seconds")).order_by("local_date")
    ):
        by_day[day] += seconds
        by_source[source] += seconds
    return {
        "period": period,
        "from": start,
        "to": today,
        "as_of": as_of() or now,
        "seconds": sum(by_day.values()),
        "days": [{"date": day, "seconds": seconds} for day, seconds in by_day.items()],
        "sources": [{"source": source, "seconds": by_source[source]} for source in sorted(by_source)],
        "week": _week(answers, zone),
        "pace": _pace(answers),
    }


def _week(answers: Any, zone: ZoneInfo) -> list[dict[str, Any]]:
    hour = ExtractHour("answered_at", tzinfo=zone)
    part = Case(
        *(When(hour__lt=end, then=Value(name)) for name, end in PARTS),
        output_field=CharField(),
    )
    rows = (
        answers.annotate(hour=hour, weekday=ExtractIsoWeekDay("answered_at", tzinfo=zone))
        .annotate(part=part)
        .values("weekday", "part")
        .annotate(answers=Count("id"), spent=Sum("seconds", output_field=IntegerField()))
        .order_by("weekday", "part")
    )
    return [
        {"weekday": row["weekday"], "part": row["part"], "answers": row["answers"], "seconds": row["spent"]}
        for row in rows
    ]


def _pace(answers: Any) -> list[dict[str, Any]]:
    rows = (
        answers.known_to_learner()
        .values("domain", "domain__code", "domain__title", "bank__title")
        .annotate(
            right=Count("id", filter=Q(fraction=1)),
            right_mean=Avg("seconds", filter=Q(fraction=1)),
            wrong=Count("id", filter=Q(fraction__lt=1)),
            wrong_mean=Avg("seconds", filter=Q(fraction__lt=1)),
        )
        .order_by("bank__title", "domain__code", "domain")
    )
    return [
        {
            "domain": {"id": row["domain"], "code": row["domain__code"], "title": row["domain__title"]},
            "bank_title": row["bank__title"],
            "right": {"answers": row["right"], "seconds_mean": _rounded(row["right_mean"])},
            "wrong": {"answers": row["wrong"], "seconds_mean": _rounded(row["wrong_mean"])},
        }
        for row in rows
    ]


def _rounded(mean: float | None) -> float | None:
    return None if mean is None else round(mean, 1)
