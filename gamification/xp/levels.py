"""The curve of levels, which is published: level n begins at 50 · n · (n − 1) points.

Each level takes 100 points more than the one before: 100 for the second, 200 for the third, and so on without an end.
"""

from dataclasses import dataclass
from math import isqrt

STEP = 50
SHOWN = 30


@dataclass(frozen=True, kw_only=True)
class Level:
    """Where a total stands: the level, its first point, and the first point of the next."""

    number: int
    begins_at: int
    next_at: int


def begin_of(level: int) -> int:
    """The points with which a level begins."""
    return STEP * level * (level - 1)


def level_of(total: int) -> Level:
    """The level of a total: the greatest n with 50 · n · (n − 1) ≤ total, exactly."""
    number = (1 + isqrt(1 + 4 * (total // STEP))) // 2
    return Level(number=number, begins_at=begin_of(number), next_at=begin_of(number + 1))
