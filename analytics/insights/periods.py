"""The spans of time that insight is given over, on the learner's own calendar. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Period(StrEnum):
    """The last so many days, today included, or everything."""

    WEEK = "7"
    MONTH = "30"
    QUARTER = "90"
    ALL = "all"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """From one day to another, both included; `first` is None for everything up to `last`."""

    first: date | None
    last: date

    def before(self) -> "Span | None":
        """As many days before it; None where there is nothing before."""
        if self.first is None:
            return None
        length = self.last - self.first + timedelta(days=1)
        return Span(first=self.first - length, last=self.first - timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and day <= self.last


def span_of(period: Period | str, *, today: date) -> Span:
    """The days of a period that ends today."""
    if period == Period.ALL:
        return Span(first=None, last=today)
    return Span(first=today - timedelta(days=int(period) - 1), last=today)


def percent_of(credit: Decimal | int, answers: int) -> float | None:
    """What was earned of what could be, in percent with one decimal; None of nothing."""
    if not answers:
        return None
    return float((100 * Decimal(credit) / answers).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def mean_of(total: int, answers: int) -> float:
    """The mean with one decimal."""
    return round(total / answers, 1) if answers else 0.0
