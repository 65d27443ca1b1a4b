"""The results of a delivery at a glance, and as a file."""

import csv
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Avg, Count, Q

from exams.delivery.models import Attempt, Delivery
from exams.delivery.paper import paper_of
from exams.marking.models import Score

BUCKETS = 10
# Full-width signs too: some spreadsheets take them for the plain ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def summary_of(delivery: Delivery) -> dict[str, Any]:
    """Mean, pass rate, distribution and domains of what is marked, in the shape of `SummaryOut`. Three statements."""
    scores = Score.objects.filter(
        is_current=True,
        attempt__in=Attempt.objects.for_academy(delivery.academy_id).counting().filter(delivery=delivery),
    )
    totals = scores.aggregate(
        marked=Count("id"),
        mean=Avg("scaled"),
        judged=Count("id", filter=Q(passed__isnull=False)),
        passed=Count("id", filter=Q(passed=True)),
    )
    return {
        "marked": totals["marked"],
        "mean_scaled": totals["mean"],
        "pass_rate": 100 * totals["passed"] / totals["judged"] if totals["judged"] else None,
        "distribution": _distribution(delivery),
        "domains": _domains(delivery),
    }


class _Line:
    """A file of one line: what `csv` writes is handed on at once."""

    def write(self, text: str) -> str:
        return text


def csv_of(delivery: Delivery) -> Iterator[str]:
    """One line per attempt, as spreadsheets want it: byte order mark first, cells that look like formulas disarmed."""
    writer = csv.writer(_Line())
    paper = paper_of(delivery.form_id)
    domains = sorted(paper.domains.values(), key=lambda domain: domain.code)
    yield "\ufeff" + writer.writerow(
        [
            "learner",
            "email",
            "attempt",
            "state",
            "started_at",
            "submitted_at",
            "raw",
            "raw_max",
            "scaled",
            "passed",
            *(disarmed(f"{domain.code} {domain.title} (%)") for domain in domains),
        ]
    )
    # Any: the queryset adds the current score.
    attempts: Any = (
        Attempt.objects.for_academy(delivery.academy_id)
        .filter(delivery=delivery)
        .select_related("learner")
        .with_current_score()
        .order_by("learner__email", "number")
    )
    scored = dict(Score.objects.filter(is_current=True, attempt__delivery=delivery).values_list("attempt", "domains"))
    for attempt in attempts.iterator(chunk_size=500):
        parts = scored.get(attempt.pk, {})
        yield writer.writerow(
            [
                disarmed(attempt.learner.display_name),
                disarmed(attempt.learner.email),
                attempt.number,
                attempt.state,
                _moment(attempt.started_at),
                _moment(attempt.submitted_at),
                *(
                    "" if value is None else value
                    for value in (
                        attempt.current_raw,
                        attempt.current_raw_max,
                        attempt.current_scaled,
                        attempt.current_passed,
                    )
                ),
                *(_share(parts.get(domain.id)) for domain in domains),
            ]
        )


def _distribution(delivery: Delivery) -> list[dict[str, Any]]:
    conversion = paper_of(delivery.form_id).conversion
    low, high = float(conversion.minimum), float(conversion.maximum)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest(1, least(width_bucket(score.scaled, %s, %s, %s), %s)) AS bucket, count(*) "
            "FROM exams_score score "
            "JOIN exams_attempt attempt ON attempt.id = score.attempt_id "
            "WHERE score.is_current AND attempt.delivery_id = %s AND attempt.state IN ('marked', 'released') "
            "GROUP BY bucket",
            [low, high, BUCKETS, BUCKETS, delivery.pk],
        )
        counts = dict(cursor.fetchall())
    width = (high - low) / BUCKETS
    return [
        {"from": low + index * width, "to": low + (index + 1) * width, "count": counts.get(index + 1, 0)}
        for index in range(BUCKETS)
    ]


def _domains(delivery: Delivery) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT part.key, sum((part.value ->> 0)::float), sum((part.value ->> 1)::float) "
            "FROM exams_score score JOIN exams_attempt attempt ON attempt.id = score.attempt_id, "
            "jsonb_each(score.domains) part "
            "WHERE score.is_current AND attempt.delivery_id = %s AND attempt.state IN ('marked', 'released') "
            "GROUP BY part.key",
            [delivery.pk],
        )
        rows = cursor.fetchall()
    titles = paper_of(delivery.form_id).domains
    return sorted(
        (
            {
                "code": titles[domain].code,
                "title": titles[domain].title,
                "percent": round(100 * raw / raw_max, 1) if raw_max else 0.0,
            }
            for domain, raw, raw_max in rows
        ),
        key=lambda row: row["code"],
    )


def _share(part: list[float] | None) -> Any:
    return round(100 * part[0] / part[1], 1) if part and part[1] else ""


def _moment(value: Any) -> str:
    return value.isoformat(timespec="seconds") if value else ""


def disarmed(text: str) -> str:
    """A spreadsheet would run a cell that begins like a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
