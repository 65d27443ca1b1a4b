"""The test for trend agrees with scipy, and is not asked about too little."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from analytics.insights.trends import DayResult, Direction, trend_of

FIRST = date(2026, 1, 1)


def days(*results: tuple[int, int], every: int = 1) -> list[DayResult]:
    """(right, answers) of one day after the other."""
    return [
        DayResult(day=FIRST + timedelta(days=every * number), answers=answers, right=right)
        for number, (right, answers) in enumerate(results)
    ]


def answer_by_answer(results: list[DayResult]) -> tuple[list[int], list[int]]:
    scores, rights = [], []
    for number, day in enumerate(results):
        scores += [number] * day.answers
        rights += [1] * day.right + [0] * (day.answers - day.right)
    return scores, rights


@given(
    st.lists(
        st.integers(1, 14).flatmap(lambda answers: st.tuples(st.integers(0, answers), st.just(answers))),
        min_size=3,
        max_size=5,
    )
)
def test_the_p_value_is_that_of_scipy(results):
    given_days = days(*results)
    scores, rights = answer_by_answer(given_days)
    assume(len(rights) >= 20 and 0 < sum(rights) < len(rights) and len(rights) - given_days[0].answers < 60)
    found = trend_of(given_days)
    r = stats.pearsonr(stats.rankdata(scores), rights).statistic
    assert found.answers == len(rights)
    assert found.p_value == pytest.approx(stats.chi2.sf((len(rights) - 1) * r**2, 1), abs=1e-12)
    # With midranks as scores it is the rank-sum test of right against wrong answers, ties corrected.
    right, wrong = ([s for s, is_right in zip(scores, rights, strict=True) if is_right == kind] for kind in (1, 0))
    assert found.p_value == pytest.approx(
        stats.mannwhitneyu(right, wrong, use_continuity=False, method="asymptotic").pvalue, abs=1e-12
    )


def test_a_table_counted_by_hand():
    """Scores 5.5, 15.5, 25.5, mean 15.5; 2, 5 and 8 of 10 right.

    sum of right × (score − mean) = 8 × 10 − 2 × 10 = 60; sum of answers × (score − mean)² = 2 × 10 × 100 = 2000;
    15 × 15 / 30 = 7.5; M² = 60² × 29 / (2000 × 7.5) = 6.96; p = 0.0083.
    """
    found = trend_of(days((2, 10), (5, 10), (8, 10)))
    assert found.direction == Direction.IMPROVING
    assert found.p_value == pytest.approx(stats.chi2.sf(6.96, 1))


def test_the_other_way_round_it_declines():
    assert trend_of(days((8, 10), (5, 10), (2, 10))).direction == Direction.DECLINING


@pytest.mark.parametrize(
    "results", [[(6, 10), (7, 10), (6, 10)], [(10, 10), (10, 10), (10, 10)], [(0, 10), (0, 10), (0, 10)]]
)
def test_without_a_finding_it_is_stable(results):
    assert trend_of(days(*results)).direction == Direction.STABLE


@pytest.mark.parametrize("results", [[], [(0, 20), (20, 20)], [(0, 6), (3, 6), (7, 7)]])
def test_too_few_answers_or_days_say_nothing(results):
    found = trend_of(days(*results))
    assert (found.direction, found.p_value) == (Direction.UNKNOWN, None)


def test_only_the_latest_answers_are_tested():
    found = trend_of(days((0, 40), (0, 40), (15, 20), (15, 20), (15, 20)))
    assert (found.direction, found.answers) == (Direction.STABLE, 60)


def test_a_pause_weighs_nothing():
    results = ((2, 10), (5, 10), (8, 10))
    assert trend_of(days(*results, every=25)) == trend_of(days(*results))
