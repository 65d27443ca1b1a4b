"""How a learner does in each domain, and where it is weakest. Nothing is told of answers whose domain is not shown."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from academies.models import Membership
from accounts.identity.zones import local_date
from analytics.insights.periods import Period, Span, mean_of, percent_of, span_of
from analytics.insights.trends import WINDOW_DAYS, DayResult, Trend, trend_of
from analytics.rollups.folding import as_of
from analytics.rollups.models import LearnerDay
from analytics.rollups.querysets import LearnerDayQuerySet
from exams.models import ItemBank

# Below this share a domain is weak, if there are enough answers to say so.
WEAK_PERCENT, WEAK_ANSWERS, WEAK_DAYS = 70, 10, 90

_BANK = ("bank_id", "bank__title")
_DOMAIN = ("domain_id", "domain__code", "domain__title", "domain__weight")


def domains_of(*, learner: Membership, period: Period, bank: UUID | None, now: datetime) -> dict[str, Any]:
    """What `DomainInsightsOut` shows: each domain with an answer in the period, by bank and code."""
    counted_at = as_of()
    today = local_date(user=learner.user, at=now)
    rows = LearnerDay.objects.of_learner(learner).in_bank(bank).telling_domains()
    trends = _trends(rows, today=today)
    return {
        "as_of": counted_at,
        "domains": [
            {
                **_place(row),
                "answers": row["answers"],
                "right": row["right"],
                "percent": percent_of(row["credit"], row["answers"]),
                "seconds_mean": mean_of(row["seconds"], row["answers"]),
                "trend": trends[row["bank_id"], row["domain_id"]],
            }
            for row in _by_domain(rows, span_of(period, today=today)).order_by("bank__title", "domain__code")
        ],
    }


def weak_areas_of(*, learner: Membership, bank: UUID | None, now: datetime) -> dict[str, Any]:
    """What `WeakAreasOut` shows: the weak domains of the last 90 days that can be practised, the worst first."""
    counted_at = as_of()
    today = local_date(user=learner.user, at=now)
    practised = ItemBank.objects.practised_in(learner.academy).values("pk")
    rows = LearnerDay.objects.of_learner(learner).in_bank(bank).telling_domains().filter(bank__in=practised)
    window = Span(first=today - timedelta(days=WEAK_DAYS - 1), last=today)
    found = [
        row
        for row in _by_domain(rows, window).annotate(last_answered_on=Max("local_date"))
        if row["answers"] >= WEAK_ANSWERS and 100 * row["credit"] < WEAK_PERCENT * row["answers"]
    ]
    found.sort(key=lambda row: (row["credit"] / row["answers"], -row["answers"], row["domain__code"]))
    trends = _trends(rows, today=today) if found else {}
    return {
        "as_of": counted_at,
        "areas": [
            {
                **_place(row),
                "answers": row["answers"],
                "percent": percent_of(row["credit"], row["answers"]),
                "trend": trends[row["bank_id"], row["domain_id"]],
                "last_answered_on": row["last_answered_on"],
            }
            for row in found
        ],
    }


def _by_domain(rows: LearnerDayQuerySet, span: Span) -> "QuerySet[LearnerDay, dict[str, Any]]":
    return rows.between(span.first, span.last).summed_by(*_BANK, *_DOMAIN)


def _trends(rows: LearnerDayQuerySet, *, today: date) -> dict[tuple[UUID, UUID], Trend]:
    """(bank, domain) → trend over the last 90 days, whichever period is looked at; unknown where there is nothing."""
    first = today - timedelta(days=WINDOW_DAYS - 1)
    days: defaultdict[tuple[UUID, UUID], list[DayResult]] = defaultdict(list)
    for row in rows.between(first, today).summed_by("bank_id", "domain_id", "local_date"):
        days[row["bank_id"], row["domain_id"]].append(
            DayResult(day=row["local_date"], answers=row["answers"], right=row["right"])
        )
    found: defaultdict[tuple[UUID, UUID], Trend] = defaultdict(lambda: trend_of(()))
    found.update({place: trend_of(results) for place, results in days.items()})
    return found


def _place(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "bank": {"id": row["bank_id"], "title": row["bank__title"]},
        "domain": {
            "id": row["domain_id"],
            "code": row["domain__code"],
            "title": row["domain__title"],
            "weight": row["domain__weight"],
        },
    }
