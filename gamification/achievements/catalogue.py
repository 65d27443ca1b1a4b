"""Everything that can be reached: a metric and how much of it. A code is stable: awards are kept under it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Kind(StrEnum):
    """What an achievement stands for."""

    PERSISTENCE = "persistence"
    MASTERY = "mastery"
    BREADTH = "breadth"
    SPEED = "speed"
    HELPING = "helping"


KINDS = tuple((kind.value, kind.value) for kind in Kind)


class Metric(StrEnum):
    """What is counted. Of deeds: what journal entries say. The others are read from facts."""

    # Deeds.
    QUIZZES = "quizzes"
    FIRST_RIGHT = "first_right"
    HARD_RIGHT = "hard_right"
    PERFECT_QUIZZES = "perfect_quizzes"
    FAST_QUIZZES = "fast_quizzes"
    RECALLED = "recalled"
    # Days.
    LONGEST_STREAK = "longest_streak"
    ACTIVE_DAYS = "active_days"
    # Answers, by domain.
    DOMAINS_MET = "domains_met"
    DOMAINS_MASTERED = "domains_mastered"
    SOURCES = "sources"
    # Points.
    LEVEL = "level"
    EXAMS_PASSED = "exams_passed"
    REPORTS_UPHELD = "reports_upheld"


DEEDS = frozenset(
    {
        Metric.QUIZZES,
        Metric.FIRST_RIGHT,
        Metric.HARD_RIGHT,
        Metric.PERFECT_QUIZZES,
        Metric.FAST_QUIZZES,
        Metric.RECALLED,
    }
)


@dataclass(frozen=True, kw_only=True)
class Achievement:
    """`threshold` of a metric. `tier` counts from 1 among those that lead on from one another."""

    code: str
    kind: Kind
    tier: int
    name: "StrPromise"
    description: "StrPromise"
    metric: Metric
    threshold: int


def _ladder(
    kind: Kind, metric: Metric, description: "StrPromise", *steps: "tuple[int, StrPromise]"
) -> tuple[Achievement, ...]:
    return tuple(
        Achievement(
            code=f"{metric}_{threshold}",
            kind=kind,
            tier=tier,
            name=name,
            description=description,
            metric=metric,
            threshold=threshold,
        )
        for tier, (threshold, name) in enumerate(steps, start=1)
    )


ACHIEVEMENTS: tuple[Achievement, ...] = (
    *_ladder(
        Kind.PERSISTENCE,
        Metric.LONGEST_STREAK,
        _("Days of learning without a break in your streak"),
        (3, _("Three in a row")),
        (7, _("A whole week")),
        (30, _("A whole month")),
        (100, _("A hundred days")),
        (365, _("A whole year")),
    ),
    *_ladder(
        Kind.PERSISTENCE,
        Metric.ACTIVE_DAYS,
        _("Days with at least 5 answers, in a row or not"),
        (10, _("Ten days of learning")),
        (50, _("Fifty days of learning")),
        (200, _("Two hundred days of learning")),
    ),
    *_ladder(
        Kind.PERSISTENCE,
        Metric.RECALLED,
        _("Cards that you recalled in reviews"),
        (50, _("It stays with you")),
        (500, _("A good memory")),
        (5000, _("A memory to rely on")),
    ),
    *_ladder(
        Kind.PERSISTENCE,
        Metric.QUIZZES,
        _("Practice quizzes finished"),
        (1, _("First quiz")),
        (25, _("Used to quizzes")),
        (100, _("A hundred quizzes")),
    ),
    *_ladder(
        Kind.MASTERY,
        Metric.FIRST_RIGHT,
        _("Questions that you had right for the first time"),
        (25, _("A start")),
        (100, _("A hundred right")),
        (500, _("Five hundred right")),
        (2000, _("Two thousand right")),
    ),
    *_ladder(
        Kind.MASTERY,
        Metric.HARD_RIGHT,
        _("Hard questions that you had right for the first time in quizzes"),
        (10, _("Not afraid of hard ones")),
        (100, _("At home with hard ones")),
    ),
    *_ladder(
        Kind.MASTERY,
        Metric.DOMAINS_MASTERED,
        _("Domains with at least 20 answers, four of five right"),
        (1, _("A domain mastered")),
        (3, _("Three domains mastered")),
        (8, _("Eight domains mastered")),
    ),
    *_ladder(
        Kind.MASTERY,
        Metric.EXAMS_PASSED,
        _("Different exams passed"),
        (1, _("First exam passed")),
        (3, _("Three exams passed")),
        (10, _("Ten exams passed")),
    ),
    *_ladder(
        Kind.MASTERY,
        Metric.LEVEL,
        _("Levels reached"),
        (5, _("Level 5")),
        (10, _("Level 10")),
        (25, _("Level 25")),
    ),
    *_ladder(
        Kind.BREADTH,
        Metric.DOMAINS_MET,
        _("Domains with at least 10 answers"),
        (3, _("Three domains")),
        (8, _("Eight domains")),
        (20, _("Twenty domains")),
    ),
    *_ladder(
        Kind.BREADTH,
        Metric.SOURCES,
        _("Ways of learning used: exams, quizzes, study and reviews, 10 answers in each"),
        (2, _("Two ways of learning")),
        (4, _("Every way of learning")),
    ),
    *_ladder(
        Kind.SPEED,
        Metric.FAST_QUIZZES,
        _("Quizzes of at least 10 questions with nine of ten right in half the time, 5 of them new"),
        (1, _("Quick and right")),
        (10, _("Quick and right, ten times")),
    ),
    *_ladder(
        Kind.SPEED,
        Metric.PERFECT_QUIZZES,
        _("Quizzes of at least 10 questions without a mistake in the time allowed, 5 of them new"),
        (1, _("Without a mistake")),
        (10, _("Without a mistake, ten times")),
    ),
    *_ladder(
        Kind.HELPING,
        Metric.REPORTS_UPHELD,
        _("Mistakes in questions that you found"),
        (1, _("Sharp eyes")),
        (5, _("Five mistakes found")),
        (20, _("Twenty mistakes found")),
    ),
)

CATALOGUE: Mapping[str, Achievement] = {each.code: each for each in ACHIEVEMENTS}
