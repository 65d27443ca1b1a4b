"""What a learner's progress consists of, for every kind of file."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, Q, Sum

from academies.models import Membership
from accounts.identity.zones import today_in
from analytics.insights.periods import span_of
from analytics.readiness.exams import exams_for
from analytics.readiness.readiness import readiness_of
from analytics.readiness.serializers import ReadinessOut
from analytics.rollups.models import LearnerDay
from exams.marking.models import MarkedAnswer
from exams.marking.summaries import disarmed

# Exams whose readiness a file tells; nobody prepares for more at once.
MOST_EXAMS = 20
_ROWS = 500


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One learner's progress over a period. Nothing is read before it is asked for, nor held longer than a few rows."""

    member: Membership
    period: str
    start: date | None
    end: date
    now: datetime

    @classmethod
    def of(cls, member: Membership, *, period: str, now: datetime) -> "Progress":
        """The period that ends today, on the learner's calendar."""
        today = today_in(member.user.time_zone, now=now)
        return cls(member=member, period=period, start=span_of(period, today=today).first, end=today, now=now)

    def totals(self) -> dict[str, Any]:
        """Answers, right ones, per cent and seconds of the whole period."""
        return _with_percent(
            self._days_read().aggregate(
                answers=Sum("answers", default=0),
                right=Sum("right", default=0),
                credit=Sum("credit", default=Decimal(0)),
                seconds=Sum("seconds", default=0),
            )
        )

    def days(self) -> Iterator[dict[str, Any]]:
        """The same by day, the days without answers left out."""
        rows = (
            self._days_read()
            .values("local_date")
            .annotate(
                all_answers=Sum("answers"), all_right=Sum("right"), all_credit=Sum("credit"), all_seconds=Sum("seconds")
            )
            .order_by("local_date")
        )
        for row in rows.iterator(chunk_size=_ROWS):
            summed = {
                "answers": row["all_answers"],
                "right": row["all_right"],
                "credit": row["all_credit"],
                "seconds": row["all_seconds"],
            }
            yield {"date": row["local_date"], **_with_percent(summed)}

    def domains(self) -> Iterator[dict[str, Any]]:
        """The same by domain, of answers that the learner has seen marked."""
        answers = MarkedAnswer.objects.of_learner(self.member).known_to_learner()
        rows = (
            self._within(answers)
            .values("bank__title", "domain__code", "domain__title")
            .annotate(
                answers=Count("id"),
                right=Count("id", filter=Q(fraction=1)),
                credit=Sum("fraction"),
                spent=Sum("seconds"),
            )
            .order_by("bank__title", "domain__code")
        )
        for row in rows.iterator(chunk_size=_ROWS):
            summed = {
                "answers": row["answers"],
                "right": row["right"],
                "credit": row["credit"],
                "seconds": row["spent"],
            }
            yield {
                "bank": row["bank__title"],
                "code": row["domain__code"],
                "domain": row["domain__title"],
                **_with_percent(summed),
            }

    def readiness(self) -> list[dict[str, Any]]:
        """How likely the learner is to pass each exam that they may face, as the API tells it."""
        exams = exams_for(self.member).order_by("-is_target", "title", "id")[:MOST_EXAMS]
        found = readiness_of(self.member.user_id, academy=self.member.academy_id, blueprints=list(exams), now=self.now)
        return list(ReadinessOut(found, many=True).data)

    def _days_read(self) -> Any:
        return LearnerDay.objects.of_learner(self.member).between(self.start, self.end)

    def _within(self, rows: Any) -> Any:
        rows = rows.filter(local_date__lte=self.end)
        return rows if self.start is None else rows.filter(local_date__gte=self.start)


class _Line:
    """A file of one line: what `csv` writes is handed on at once."""

    def write(self, text: str) -> str:
        return text


def days_csv(progress: Progress) -> Iterator[str]:
    """One line per day."""
    return _csv(("date", "answers", "right", "percent", "seconds"), progress.days())


def domains_csv(progress: Progress) -> Iterator[str]:
    """One line per domain."""
    return _csv(("bank", "code", "domain", "answers", "right", "percent", "seconds"), progress.domains())


def as_json(progress: Progress) -> Iterator[str]:
    """Everything in one document, written as it is read."""
    head = {
        "academy": progress.member.academy.name,
        "period": progress.period,
        "from": progress.start,
        "to": progress.end,
        "as_of": progress.now,
        "totals": progress.totals(),
        "readiness": progress.readiness(),
    }
    yield _written(head)[:-1]
    for name, rows in (("days", progress.days()), ("domains", progress.domains())):
        yield f', "{name}": ['
        for number, row in enumerate(rows):
            yield f"{', ' if number else ''}{_written(row)}"
        yield "]"
    yield "}"


def _csv(heads: tuple[str, ...], rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    """As spreadsheets want it: byte order mark first, cells that look like formulas disarmed."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(heads)
    for row in rows:
        yield writer.writerow([disarmed(cell) if isinstance(cell := row[name], str) else cell for name in heads])


def _with_percent(summed: dict[str, Any]) -> dict[str, Any]:
    answers, credit = summed["answers"], summed["credit"]
    return {
        "answers": answers,
        "right": summed["right"],
        "percent": round(100 * float(credit) / answers, 1) if answers else None,
        "seconds": summed["seconds"],
    }


def _written(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
