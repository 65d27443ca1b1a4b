"""Counting violations, forgetting them, and the sum that the Security page shows."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connection
from django.db.models import Max, Sum

from accounts.violations.models import PolicyViolation
from accounts.violations.reports import Violation

log = structlog.get_logger()

KEPT = timedelta(days=30)
SHOWN_DAYS = timedelta(days=7)
SHOWN = 20
# Of kinds on one day: whoever makes kinds up fills no disk. Those that are known count on.
MOST_KINDS = 500

_COUNT = """
WITH reported AS (
    SELECT * FROM unnest(%(directives)s::text[], %(sources)s::text[], %(paths)s::text[], %(counts)s::bigint[])
        AS reported (directive, blocked, path, times)
)
INSERT INTO accounts_policyviolation AS kept
    (day, directive, blocked, path, count, first_seen_at, last_seen_at)
SELECT %(day)s, directive, blocked, path, times, %(now)s, %(now)s FROM reported
WHERE (SELECT count(*) FROM accounts_policyviolation WHERE day = %(day)s) < %(most)s
    OR EXISTS (
        SELECT FROM accounts_policyviolation known WHERE known.day = %(day)s
            AND (known.directive, known.blocked, known.path)
                = (reported.directive, reported.blocked, reported.path)
    )
ORDER BY directive, blocked, path
ON CONFLICT (day, directive, blocked, path) DO UPDATE
    SET count = kept.count + excluded.count, last_seen_at = excluded.last_seen_at
RETURNING directive, blocked, path, xmax = 0
"""


@dataclass(frozen=True, kw_only=True)
class Violated:
    """A line of the Security page."""

    directive: str
    blocked: str
    path: str
    count: int
    last_seen_at: datetime


def count_violations(found: Counter[Violation], *, now: datetime) -> None:
    """Count them in one statement. What is new today is worth a line in the log."""
    if not found:
        return
    parameters: dict[str, Any] = {
        "directives": [each.directive for each in found],
        "sources": [each.blocked for each in found],
        "paths": [each.path for each in found],
        "counts": list(found.values()),
        "day": now.date(),
        "now": now,
        "most": MOST_KINDS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, parameters)
        rows = cursor.fetchall()
    for directive, blocked, path, is_new in rows:
        if is_new:
            log.warning("content policy violated", directive=directive, blocked=blocked, path=path)


def worst_violations(*, now: datetime) -> list[Violated]:
    """Those of the last week, the most frequent first. One query."""
    rows = (
        PolicyViolation.objects.filter(day__gt=(now - SHOWN_DAYS).date())
        .values("directive", "blocked", "path")
        .annotate(times=Sum("count"), latest=Max("last_seen_at"))
        .order_by("-times", "directive", "blocked", "path")[:SHOWN]
    )
    return [
        Violated(
            directive=row["directive"],
            blocked=row["blocked"],
            path=row["path"],
            count=row["times"],
            last_seen_at=row["latest"],
        )
        for row in rows
    ]


def forget_violations(*, now: datetime) -> int:
    """Delete what is older than a month. Says how many rows."""
    forgotten, _ = PolicyViolation.objects.filter(day__lt=(now - KEPT).date()).delete()
    return forgotten
