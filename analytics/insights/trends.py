"""Whether somebody is getting better: decided by a test over many answers, never by comparing two points. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import erfc, sqrt

METHOD = "cochran_armitage"
SIGNIFICANCE = 0.05
# What is tested: whole days, back from the last one until there are this many answers.
ANSWERS = 60
# Too little to say anything.
FEWEST_ANSWERS, FEWEST_DAYS = 20, 3
# Older days say nothing about now.
WINDOW_DAYS = 90


class Direction(StrEnum):
    """Where it goes; stable where the test finds nothing."""

    IMPROVING = "improving"
    STABLE = "stable"
    DECLINING = "declining"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trend:
    """What the test says: `p_value` is two-sided, None where there was too little to test."""

    direction: Direction
    p_value: float | None
    answers: int
    method: str = METHOD


@dataclass(frozen=True, kw_only=True, slots=True)
class DayResult:
    """How many of a day's answers were right."""

    day: date
    answers: int
    right: int


def trend_of(results: Iterable[DayResult]) -> Trend:
    """The Cochran–Armitage test for a trend in the share of right answers over days, two-sided at 5 %.

    A day's score is the midrank of its answers, so that time is measured in answers and a pause weighs nothing. The
    statistic is M² = (N − 1) r², with r the correlation of score and right or wrong, chi-squared with one degree of
    freedom. (Cochran 1954, Biometrics 10:417; Armitage 1955, Biometrics 11:375; in this form Mantel 1963 and Agresti,
    Categorical Data Analysis, 2nd ed., 3.4.)
    """
    days = _latest(results)
    answers = sum(day.answers for day in days)
    if answers < FEWEST_ANSWERS or len(days) < FEWEST_DAYS:
        return Trend(direction=Direction.UNKNOWN, p_value=None, answers=answers)
    z = _statistic(days)
    p_value = erfc(abs(z) / sqrt(2))
    direction = Direction.STABLE
    if p_value < SIGNIFICANCE:
        direction = Direction.IMPROVING if z > 0 else Direction.DECLINING
    return Trend(direction=direction, p_value=p_value, answers=answers)


def _latest(results: Iterable[DayResult]) -> list[DayResult]:
    """The last days in order: as many as it takes."""
    taken: list[DayResult] = []
    answers = 0
    for result in sorted((result for result in results if result.answers), key=lambda each: each.day, reverse=True):
        if answers >= ANSWERS:
            break
        taken.append(result)
        answers += result.answers
    return taken[::-1]


def _statistic(days: list[DayResult]) -> float:
    """The signed root of M²; 0 where every answer was right, or every one wrong."""
    before, scores = 0, []
    for day in days:
        scores.append(before + (day.answers + 1) / 2)
        before += day.answers
    total, right = before, sum(day.right for day in days)
    mean = (total + 1) / 2
    together = sum(day.right * (score - mean) for day, score in zip(days, scores, strict=True))
    by_score = sum(day.answers * (score - mean) ** 2 for day, score in zip(days, scores, strict=True))
    by_right = right * (total - right) / total
    if not by_right:
        return 0.0
    return together * sqrt((total - 1) / (by_score * by_right))
