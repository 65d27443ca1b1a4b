"""How likely somebody is to pass, from what they answered. Pure.

Of each domain of the exam we believe in a share of items that the learner would have right: a Beta distribution, which
begins at what everybody reaches there, worth `PRIOR_ANSWERS` answers, and learns from the learner's own (Gelman et al.,
Bayesian Data Analysis, 3rd ed., section 2.4). The number right out of n items is then Beta-binomial, the strong true
score model of Keats and Lord (1962, Psychometrika 27), and the exam's raw score the sum over its domains, convolved
exactly. Items count as right or wrong and as one point each.

The interval is about ability, not about luck on the day: the chance of somebody whose ability lies at the 5th and at
the 95th percentile of what we believe (the sum of the domains' shares, taken as normal).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import exp, lgamma, log, sqrt
from typing import TypeVar

PRIOR_ANSWERS = 8.0
# Where nobody has answered yet.
UNKNOWN_MEAN = 0.5
MIN_ANSWERS = 30
MIN_SHARE = 0.5
LEVEL = 0.9
# Quantile of the standard normal distribution for 95 %, so that 90 % lie between it and its negative.
Z = 1.6448536269514722
# No share is believed to be quite 0 or 1.
_EDGE = 0.005
# A difference between difficulties that rests on fewer answers is none.
_MIN_NORM_ANSWERS = 30

Domain = TypeVar("Domain")


@dataclass(frozen=True, kw_only=True)
class Norm:
    """What everybody reached in items of one domain and difficulty."""

    answers: int
    credit: float


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a learner reached in items of one domain and difficulty. `weight` and `credit` fade with an answer's age."""

    answers: int
    weight: float
    credit: float


@dataclass(frozen=True, kw_only=True)
class Belief:
    """A Beta distribution of the share of items right."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """The share that is expected."""
        return self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        """How unsure we are."""
        size = self.a + self.b
        return self.a * self.b / (size * size * (size + 1))

    def moved(self, by: float) -> "Belief":
        """As sure as before, of items that are easier by so much."""
        size, mean = self.a + self.b, _inside(self.mean + by)
        return Belief(a=size * mean, b=size * (1 - mean))


@dataclass(frozen=True, kw_only=True)
class Part:
    """The items of one domain in an exam and what we believe of them."""

    items: int
    belief: Belief


@dataclass(frozen=True, kw_only=True)
class Chance:
    """The probability of passing, with the ends of its interval, and the share of the exam that is expected."""

    probability: float
    low: float
    high: float
    expected: float


def difficulty_shifts(norms: Mapping[str, Norm]) -> tuple[float, dict[str, float]]:
    """What everybody reaches in a domain, and by how much more (or less) in its items of each difficulty."""
    answers = sum(norm.answers for norm in norms.values())
    if not answers:
        return UNKNOWN_MEAN, {}
    mean = sum(norm.credit for norm in norms.values()) / answers
    shifts = {
        difficulty: norm.credit / norm.answers - mean
        for difficulty, norm in norms.items()
        if norm.answers >= _MIN_NORM_ANSWERS
    }
    return _inside(mean), shifts


def belief_of(*, mean: float, shifts: Mapping[str, float], evidence: Mapping[str, Evidence]) -> Belief:
    """What we believe of a domain: everybody's mean, and the learner's answers as if all were of usual difficulty."""
    weight = sum(each.weight for each in evidence.values())
    credit = sum(each.credit - each.weight * shifts.get(difficulty, 0.0) for difficulty, each in evidence.items())
    credit = min(max(credit, 0.0), weight)
    return Belief(a=PRIOR_ANSWERS * mean + credit, b=PRIOR_ANSWERS * (1 - mean) + weight - credit)


def chance_of(parts: Sequence[Part], *, needed: int | None) -> Chance:
    """The chance of at least `needed` items right; None stands for a cut that no raw score reaches."""
    total = sum(part.items for part in parts)
    expected = sum(part.items * part.belief.mean for part in parts) / total if total else 0.0
    if needed is None or needed > total:
        return Chance(probability=0.0, low=0.0, high=0.0, expected=expected)
    spread = sqrt(sum((part.items * sqrt(part.belief.variance)) ** 2 for part in parts))
    marginal = [beta_binomial(part.items, part.belief) for part in parts]
    probability = _at_least(marginal, needed)
    return Chance(
        probability=probability,
        # Where the beliefs are very skewed, the normal distribution of their sum would leave the mean outside.
        low=min(probability, _at_least(_given(parts, spread, -Z), needed)),
        high=max(probability, _at_least(_given(parts, spread, Z), needed)),
        expected=expected,
    )


def answers_needed(*, items: Mapping[Domain, int], answers: Mapping[Domain, int]) -> int:
    """How many more answers it takes before we say anything: enough of them, over enough of the exam.

    One answer makes a domain count; the largest ones are counted on first.
    """
    total = sum(items.values())
    missing = max(0, MIN_ANSWERS - sum(answers.get(domain, 0) for domain in items))
    covered = sum(count for domain, count in items.items() if answers.get(domain, 0))
    domains = 0
    for count in sorted((count for domain, count in items.items() if not answers.get(domain, 0)), reverse=True):
        if covered >= MIN_SHARE * total:
            break
        covered += count
        domains += 1
    return max(missing, domains)


def beta_binomial(items: int, belief: Belief) -> list[float]:
    """The probabilities of 0, 1, …, `items` right."""
    a, b = belief.a, belief.b
    return [
        exp(_log_choose(items, right) + _log_beta(right + a, items - right + b) - _log_beta(a, b))
        for right in range(items + 1)
    ]


def binomial(items: int, share: float) -> list[float]:
    """The same for a share that is known; never quite 0 or 1."""
    yes, no = log(share), log(1 - share)
    return [exp(_log_choose(items, right) + right * yes + (items - right) * no) for right in range(items + 1)]


def _given(parts: Sequence[Part], spread: float, z: float) -> list[list[float]]:
    """The domains' scores of somebody whose ability is `z` standard deviations off.

    Each domain takes the part of the difference that it has in the variance: its expectation given the sum.
    """
    if not spread:
        return [binomial(part.items, _inside(part.belief.mean)) for part in parts]
    return [
        binomial(part.items, _inside(part.belief.mean + z * part.items * part.belief.variance / spread))
        for part in parts
    ]


def _at_least(scores: Sequence[Sequence[float]], needed: int) -> float:
    return min(1.0, max(0.0, sum(reduce(_sum_of, scores, [1.0])[needed:])))


def _sum_of(first: Sequence[float], second: Sequence[float]) -> list[float]:
    """The distribution of the sum of two independent scores."""
    summed = [0.0] * (len(first) + len(second) - 1)
    for at, chance in enumerate(first):
        for more, other in enumerate(second):
            summed[at + more] += chance * other
    return summed


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _log_choose(total: int, chosen: int) -> float:
    return lgamma(total + 1) - lgamma(chosen + 1) - lgamma(total - chosen + 1)


def _inside(share: float) -> float:
    return min(max(share, _EDGE), 1 - _EDGE)
