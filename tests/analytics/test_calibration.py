"""Whether predictions came true, against scipy and by hand."""

from math import exp, log
from random import Random

import pytest
from scipy import optimize, stats

from analytics.readiness.calibration import Curve, Outcome, brier_of, fit_curve, reliability, wilson


def outcomes(*pairs: tuple[float, bool]) -> list[Outcome]:
    return [Outcome(probability=probability, passed=passed) for probability, passed in pairs]


def drawn(count: int, *, slope: float, intercept: float) -> list[Outcome]:
    """Attempts whose true chance is a curve of what was said."""
    random, curve = Random(7), Curve(slope=slope, intercept=intercept)
    said = [random.uniform(0.03, 0.97) for _ in range(count)]
    return [Outcome(probability=each, passed=random.random() < curve(each)) for each in said]


def test_the_brier_score_by_hand() -> None:
    assert brier_of(outcomes((0.9, True), (0.4, False), (0.5, True))) == pytest.approx((0.01 + 0.16 + 0.25) / 3)


@pytest.mark.parametrize(("right", "total"), [(0, 5), (5, 5), (3, 7), (480, 1000)])
def test_intervals_are_wilsons(right: int, total: int) -> None:
    known = stats.binomtest(right, total).proportion_ci(confidence_level=0.95, method="wilson")
    assert wilson(right, total) == pytest.approx((known.low, known.high))


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_those_of_a_published_table(right: int, total: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17:857, table I, method 3."""
    assert wilson(right, total) == pytest.approx((low, high), abs=5e-5)


def test_small_tenths_are_put_together() -> None:
    held = outcomes(*[(0.05, False)] * 6, *[(0.15, False)] * 2, *[(0.25, True)] * 4, *[(0.95, True)] * 3)
    found = [(each.start, each.end, each.count) for each in reliability(held)]
    assert found == [(0, 0.1, 6), (0.1, 1.0, 9)]
    second = reliability(held)[1]
    assert second.predicted == pytest.approx((2 * 0.15 + 4 * 0.25 + 3 * 0.95) / 9)
    assert second.observed == pytest.approx(7 / 9)


def test_a_certain_prediction_belongs_to_the_last_tenth() -> None:
    assert [each.end for each in reliability(outcomes(*[(1.0, True)] * 5))] == [1.0]


def test_nothing_says_nothing() -> None:
    assert reliability([]) == []


def test_the_curve_is_the_likeliest_one() -> None:
    held = drawn(400, slope=0.6, intercept=-0.8)
    passed = sum(each.passed for each in held)
    yes, no = (passed + 1) / (passed + 2), 1 / (len(held) - passed + 2)

    def loss(point: tuple[float, float]) -> float:
        total = 0.0
        for each in held:
            value = point[1] + point[0] * log(each.probability / (1 - each.probability))
            said, target = 1 / (1 + exp(-value)), yes if each.passed else no
            total -= target * log(said) + (1 - target) * log(1 - said)
        return total

    known = optimize.minimize(loss, (1.0, 0.0)).x
    found = fit_curve(held)
    assert found is not None
    assert (found.slope, found.intercept) == pytest.approx(tuple(known), abs=1e-3)


def test_recalibrated_predictions_do_better() -> None:
    held = drawn(2000, slope=0.5, intercept=-1)
    curve = fit_curve(held[:1000])
    assert curve is not None
    corrected = [Outcome(probability=curve(each.probability), passed=each.passed) for each in held[1000:]]
    assert brier_of(corrected) < brier_of(held[1000:])


@pytest.mark.parametrize("held", [drawn(99, slope=1, intercept=0), drawn(400, slope=-1, intercept=0)])
def test_too_few_attempts_or_a_falling_curve_correct_nothing(held: list[Outcome]) -> None:
    assert fit_curve(held) is None


def test_where_all_passed_the_curve_stays_finite() -> None:
    curve = fit_curve(outcomes(*[(0.4 + number / 500, True) for number in range(200)]))
    assert curve is None or 0 < curve(0.5) < 1
