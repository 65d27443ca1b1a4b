"""The arithmetic of readiness, against scipy and by hand."""

from functools import reduce
from math import sqrt
from random import Random

import pytest
from numpy import convolve
from scipy import stats

from analytics.readiness.estimate import (
    PRIOR_ANSWERS,
    Belief,
    Evidence,
    Norm,
    Part,
    Z,
    answers_needed,
    belief_of,
    beta_binomial,
    binomial,
    chance_of,
    difficulty_shifts,
)


def test_the_quantile_is_that_of_the_normal_distribution() -> None:
    assert pytest.approx(stats.norm.ppf(0.95)) == Z


@pytest.mark.parametrize(("items", "a", "b"), [(1, 1, 1), (10, 2.5, 7.5), (60, 40.2, 11.7)])
def test_scores_of_a_domain_are_beta_binomial(items: int, a: float, b: float) -> None:
    expected = stats.betabinom.pmf(range(items + 1), items, a, b)
    assert beta_binomial(items, Belief(a=a, b=b)) == pytest.approx(list(expected))


@pytest.mark.parametrize(("items", "share"), [(1, 0.5), (20, 0.83), (60, 0.005)])
def test_scores_of_a_known_share_are_binomial(items: int, share: float) -> None:
    assert binomial(items, share) == pytest.approx(list(stats.binom.pmf(range(items + 1), items, share)))


def test_mean_and_variance_are_those_of_the_beta_distribution() -> None:
    belief, known = Belief(a=12.5, b=4.25), stats.beta(12.5, 4.25)
    assert belief.mean == pytest.approx(known.mean())
    assert belief.variance == pytest.approx(known.var())
    assert belief.moved(0.1).mean == pytest.approx(known.mean() + 0.1)
    assert belief.moved(0.1).a + belief.moved(0.1).b == pytest.approx(16.75)


def test_one_domain_passes_as_the_survival_function_says() -> None:
    belief = Belief(a=15, b=5)
    found = chance_of([Part(items=40, belief=belief)], needed=28)
    assert found.probability == pytest.approx(stats.betabinom.sf(27, 40, 15, 5))
    ends = [belief.mean + sign * Z * sqrt(belief.variance) for sign in (-1, 1)]
    assert [found.low, found.high] == pytest.approx([stats.binom.sf(27, 40, end) for end in ends])
    assert found.expected == pytest.approx(0.75)


def test_several_domains_agree_with_simulation() -> None:
    parts = [Part(items=30, belief=Belief(a=20, b=6)), Part(items=20, belief=Belief(a=6, b=8))]
    random, passed = Random(4), 0
    rounds = 20_000
    for _ in range(rounds):
        score = 0
        for part in parts:
            share = random.betavariate(part.belief.a, part.belief.b)
            score += sum(random.random() < share for _ in range(part.items))
        passed += score >= 32
    found = chance_of(parts, needed=32)
    # Three standard errors of the simulation.
    assert found.probability == pytest.approx(passed / rounds, abs=3 * sqrt(0.25 / rounds))
    assert found.low < found.probability < found.high


def test_several_domains_are_convolved_as_numpy_does() -> None:
    parts = [
        Part(items=30, belief=Belief(a=20, b=6)),
        Part(items=20, belief=Belief(a=6, b=8)),
        Part(items=7, belief=Belief(a=1.2, b=9)),
    ]
    scores = [stats.betabinom.pmf(range(part.items + 1), part.items, part.belief.a, part.belief.b) for part in parts]
    found = chance_of(parts, needed=32)
    assert found.probability == pytest.approx(reduce(convolve, scores)[32:].sum())
    # Each domain moves by its covariance with the sum, in standard deviations of the sum.
    variances = [part.items**2 * stats.beta(part.belief.a, part.belief.b).var() for part in parts]
    for end, sign in ((found.low, -1), (found.high, 1)):
        moved = [
            stats.binom.pmf(
                range(part.items + 1),
                part.items,
                part.belief.mean + sign * stats.norm.ppf(0.95) * variance / part.items / sqrt(sum(variances)),
            )
            for part, variance in zip(parts, variances, strict=True)
        ]
        assert end == pytest.approx(reduce(convolve, moved)[32:].sum())


def test_two_items_of_two_domains_counted_by_hand() -> None:
    """Of each domain one item; 2/3 and 1/4 are expected. Both right: 2/12; at least one: 1 − 1/3 × 3/4 = 9/12."""
    parts = [Part(items=1, belief=Belief(a=2, b=1)), Part(items=1, belief=Belief(a=1, b=3))]
    for needed, expected in ((0, 1), (1, 9 / 12), (2, 2 / 12)):
        assert chance_of(parts, needed=needed).probability == pytest.approx(expected)


def test_a_cut_that_nothing_reaches_is_never_passed() -> None:
    parts = [Part(items=5, belief=Belief(a=9, b=1))]
    for needed in (None, 6):
        assert chance_of(parts, needed=needed).probability == 0
    assert chance_of(parts, needed=0).probability == pytest.approx(1)


def test_without_answers_everybodys_mean_is_believed() -> None:
    belief = belief_of(mean=0.6, shifts={}, evidence={})
    assert (belief.a, belief.b) == pytest.approx((0.6 * PRIOR_ANSWERS, 0.4 * PRIOR_ANSWERS))


def test_right_answers_to_hard_items_are_worth_more() -> None:
    mean, shifts = difficulty_shifts({"easy": Norm(answers=100, credit=80), "hard": Norm(answers=100, credit=40)})
    assert mean == pytest.approx(0.6)
    assert shifts == pytest.approx({"easy": 0.2, "hard": -0.2})
    half = Evidence(answers=20, weight=20, credit=10)
    easy, hard = (belief_of(mean=mean, shifts=shifts, evidence={level: half}) for level in ("easy", "hard"))
    # By hand: 10 of 20 easy ones are 6 of 20 usual ones, 10 of 20 hard ones are 14.
    assert easy.mean == pytest.approx((0.6 * 8 + 6) / 28)
    assert hard.mean == pytest.approx((0.6 * 8 + 14) / 28)


def test_a_difference_that_rests_on_few_answers_is_none() -> None:
    _, shifts = difficulty_shifts({"easy": Norm(answers=100, credit=80), "hard": Norm(answers=29, credit=0)})
    assert set(shifts) == {"easy"}


@pytest.mark.parametrize(
    ("answers", "needed"),
    [
        ({}, 30),
        ({"a": 28}, 2),
        # Enough answers, over a quarter of the exam: one in the largest of the others makes three quarters.
        ({"b": 40}, 1),
        ({"c": 25, "b": 10}, 0),
        ({"a": 30}, 0),
    ],
)
def test_too_few_answers_say_how_many_are_missing(answers: dict[str, int], needed: int) -> None:
    assert answers_needed(items={"a": 50, "b": 25, "c": 25}, answers=answers) == needed
