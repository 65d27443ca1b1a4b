"""Whether what was predicted came true, and how predictions are put right that did not. Pure.

Brier score: Brier (1950), Monthly Weather Review 78. Intervals of shares: Wilson (1927), JASA 22. Recalibration: a
logistic curve over the log odds of the prediction, after Platt (1999, Advances in Large Margin Classifiers), with his
targets that keep a curve finite where all passed or all failed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, log1p, sqrt

# Below this nobody is told, so that no single result can be made out.
MIN_SHOWN = 20
MIN_IN_BIN = 5
# From here on predictions are recalibrated.
MIN_FITTED = 100
BINS = 10
# 95 %, two-sided.
_WILSON_Z = 1.959963984540054
_EDGE = 1e-4
_STEPS = 50
_SMALLEST = 1e-6
# Keeps the curvature above 0 where all predictions are the same.
_RIDGE = 1e-9


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was predicted of one attempt, and whether it passed."""

    probability: float
    passed: bool


@dataclass(frozen=True, kw_only=True)
class Bin:
    """Predictions from `start` to `end`: what they said on average, and what share passed, with its interval."""

    start: float
    end: float
    count: int
    predicted: float
    observed: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Curve:
    """Recalibrates a probability: the logistic function of `intercept + slope × log odds`."""

    slope: float
    intercept: float

    def __call__(self, probability: float) -> float:
        return _logistic(self.intercept + self.slope * _log_odds(probability))


def brier_of(outcomes: Sequence[Outcome]) -> float:
    """The mean squared difference between what was said and what happened: 0 is perfect, 0.25 is saying 50 % always."""
    return sum((each.probability - each.passed) ** 2 for each in outcomes) / len(outcomes)


def reliability(outcomes: Sequence[Outcome]) -> list[Bin]:
    """Predictions by tenths; a tenth with fewer than `MIN_IN_BIN` is put together with the next."""
    groups: list[list[Outcome]] = [[] for _ in range(BINS)]
    for each in outcomes:
        groups[min(BINS - 1, int(each.probability * BINS))].append(each)
    merged: list[tuple[int, int, list[Outcome]]] = []
    start, pending = 0, []
    for index, group in enumerate(groups):
        pending += group
        if len(pending) >= MIN_IN_BIN:
            merged.append((start, index + 1, pending))
            start, pending = index + 1, []
    if pending and merged:
        first, _, held = merged.pop()
        merged.append((first, BINS, held + pending))
    elif pending:
        merged.append((0, BINS, pending))
    return [_bin(first, last, held) for first, last, held in merged]


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    square = _WILSON_Z**2
    share = right / total
    centre = share + square / (2 * total)
    margin = _WILSON_Z * sqrt(share * (1 - share) / total + square / (4 * total * total))
    scale = 1 + square / total
    return max(0.0, (centre - margin) / scale), min(1.0, (centre + margin) / scale)


def fit_curve(outcomes: Sequence[Outcome]) -> Curve | None:
    """The curve that makes the outcomes most likely; None for too few, or for a falling one.

    Newton's method with backtracking, begun flat (Lin, Lin and Weng, 2007, Machine Learning 68).
    """
    if len(outcomes) < MIN_FITTED:
        return None
    passed = sum(each.passed for each in outcomes)
    yes, no = (passed + 1) / (passed + 2), 1 / (len(outcomes) - passed + 2)
    rows = [(_log_odds(each.probability), yes if each.passed else no) for each in outcomes]
    curve = Curve(slope=0.0, intercept=log((passed + 1) / (len(outcomes) - passed + 1)))
    loss = _loss(curve, rows)
    for _ in range(_STEPS):
        slope_step, intercept_step = _newton(curve, rows)
        size = 1.0
        while size > _SMALLEST:
            tried = Curve(slope=curve.slope + size * slope_step, intercept=curve.intercept + size * intercept_step)
            reached = _loss(tried, rows)
            if reached < loss:
                break
            size /= 2
        else:
            break
        curve, loss = tried, reached
    return curve if curve.slope > 0 else None


def _newton(curve: Curve, rows: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The step to where the loss would be least, were it a parabola. `rows` are log odds and targets."""
    by_slope, by_intercept, ss, si, ii = 0.0, 0.0, _RIDGE, 0.0, _RIDGE
    for odds, target in rows:
        said = _logistic(curve.intercept + curve.slope * odds)
        weight = said * (1 - said)
        by_slope += (target - said) * odds
        by_intercept += target - said
        ss += weight * odds * odds
        si += weight * odds
        ii += weight
    determinant = ss * ii - si * si
    return (ii * by_slope - si * by_intercept) / determinant, (ss * by_intercept - si * by_slope) / determinant


def _loss(curve: Curve, rows: Sequence[tuple[float, float]]) -> float:
    """Minus the log likelihood, in the form that does not overflow."""
    total = 0.0
    for odds, target in rows:
        value = curve.intercept + curve.slope * odds
        total += max(value, 0.0) + log1p(exp(-abs(value))) - target * value
    return total


def _bin(first: int, last: int, held: Sequence[Outcome]) -> Bin:
    passed = sum(each.passed for each in held)
    low, high = wilson(passed, len(held))
    return Bin(
        start=first / BINS,
        end=last / BINS,
        count=len(held),
        predicted=sum(each.probability for each in held) / len(held),
        observed=passed / len(held),
        low=low,
        high=high,
    )


def _log_odds(probability: float) -> float:
    inside = min(max(probability, _EDGE), 1 - _EDGE)
    return log(inside / (1 - inside))


def _logistic(value: float) -> float:
    return 1 / (1 + exp(-value)) if value >= 0 else exp(value) / (1 + exp(value))
