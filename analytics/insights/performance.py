"""How a learner has done over a period: day by day, against the period before, the best day, the best score."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F

from academies.models import Membership
from accounts.identity.zones import local_date
from analytics.insights.periods import Period, Span, percent_of, span_of
from analytics.rollups.folding import as_of
from analytics.rollups.models import LearnerDay
from exams.models import Attempt, Delivery, Score

# A day of fewer answers is luck.
BEST_DAY_ANSWERS = 5


def performance_of(*, learner: Membership, period: Period, bank: UUID | None, now: datetime) -> dict[str, Any]:
    """What `PerformanceOut` shows. Everything that counts is in it, also exams of which the score alone is shown."""
    counted_at = as_of()
    span = span_of(period, today=local_date(user=learner.user, at=now))
    before = span.before()
    rows = LearnerDay.objects.of_learner(learner).in_bank(bank)
    read = list(rows.between(before.first if before else None, span.last).summed_by("local_date"))
    days = [row for row in read if row["local_date"] in span]
    totals = _totals(days)
    previous = _totals([row for row in read if before and row["local_date"] in before])
    first = span.first or (days[0]["local_date"] if days else span.last)
    return {
        "period": period,
        "from": first,
        "to": span.last,
        "as_of": counted_at,
        "totals": totals,
        "previous": previous if previous["answers"] else None,
        "change_points": _change(totals["percent"], previous["percent"]),
        "best_day": _best_day(days),
        "best_score": _best_score(learner, span, bank=bank),
        "days": [
            {"date": row["local_date"], "percent": percent_of(row["credit"], row["answers"]), **_counts(row)}
            for row in days
        ],
    }


def _counts(row: dict[str, Any]) -> dict[str, int]:
    return {name: row[name] for name in ("answers", "right", "seconds")}


def _totals(days: Sequence[dict[str, Any]]) -> dict[str, Any]:
    sums = {name: sum(day[name] for day in days) for name in ("answers", "right", "seconds")}
    return {**sums, "percent": percent_of(sum((day["credit"] for day in days), Decimal(0)), sums["answers"])}


def _change(percent: float | None, before: float | None) -> float | None:
    return None if percent is None or before is None else round(percent - before, 1)


def _best_day(days: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The highest share; of equal ones that of more answers, then the later."""
    enough = [day for day in days if day["answers"] >= BEST_DAY_ANSWERS]
    best = max(
        enough, key=lambda day: (day["credit"] / day["answers"], day["answers"], day["local_date"]), default=None
    )
    if best is None:
        return None
    return {
        "date": best["local_date"],
        "percent": percent_of(best["credit"], best["answers"]),
        "answers": best["answers"],
    }


def _best_score(learner: Membership, span: Span, *, bank: UUID | None) -> dict[str, Any] | None:
    """The best result of an exam handed in during the period, among those that the learner may see."""
    shown = Score.objects.for_academy(learner.academy_id).filter(
        attempt__learner=learner.user_id,
        attempt__state__in=(Attempt.State.MARKED, Attempt.State.RELEASED),
        is_current=True,
        shown_at__isnull=False,
        raw_max__gt=0,
    )
    shown = shown.exclude(attempt__delivery__review_what=Delivery.ReviewWhat.NOTHING)
    if bank is not None:
        shown = shown.filter(attempt__form__bank=bank)
    if span.first is not None:
        shown = shown.filter(attempt__submitted_at__gte=_start_of(span.first, learner))
    best = (
        shown.select_related("attempt__delivery")
        .annotate(share=F("raw") / F("raw_max"))
        .order_by("-share", "-attempt__submitted_at")
        .first()
    )
    if best is None:
        return None
    attempt = best.attempt
    return {
        "percent": percent_of(100 * best.raw / best.raw_max, 100),
        "scaled": best.scaled,
        "passed": best.passed,
        "date": local_date(user=learner.user, at=attempt.submitted_at or best.marked_at),
        "attempt": attempt.pk,
        "title": attempt.delivery.title,
    }


def _start_of(day: date, learner: Membership) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(learner.user.time_zone))
