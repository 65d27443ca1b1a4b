"""Who moves up and who moves down: a plain calculation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from gamification.leagues.models import LeagueMember, Tier

Who = TypeVar("Who")

# As full as a league gets, and how many of a full one move at each end.
FULL = 30
MOVES = 5
# In fewer than these nobody moves: it would be by chance.
FEWEST = 3


@dataclass(frozen=True, kw_only=True)
class Lines:
    """How many points it takes to move up, and to stay; None where nobody moves."""

    promotion: int | None
    safety: int | None


@dataclass(frozen=True, kw_only=True)
class Ranked(Generic[Who]):
    """Where somebody stands, and what that means."""

    who: Who
    rank: int
    points: int
    outcome: str


def moves(size: int) -> int:
    """How many places move at each end of a league of this size: a sixth, from one to five."""
    return 0 if size < FEWEST else min(max(round(size / (FULL / MOVES)), 1), MOVES)


def lines_of(points: Sequence[int], *, tier: int) -> Lines:
    """Where the lines are among these points, of which the first is the most.

    Equals are treated equally: all who have as many points as the last to move up move up, and all who have as many
    as the last to stay stay.
    """
    many = moves(len(points))
    if not many:
        return Lines(promotion=None, safety=None)
    promotion = None if tier == Tier.DIAMOND else points[many - 1]
    safety = None if tier == Tier.BRONZE else points[-many - 1]
    return Lines(promotion=promotion, safety=safety)


def rank_of_all(points: Mapping[Who, int], *, tier: int) -> list[Ranked[Who]]:
    """Everybody with rank and outcome; `points` come in the order of the list."""
    lines = lines_of(list(points.values()), tier=tier)
    rows: list[Ranked[Who]] = []
    for index, (who, of) in enumerate(points.items(), start=1):
        rank = rows[-1].rank if rows and rows[-1].points == of else index
        rows.append(Ranked(who=who, rank=rank, points=of, outcome=_outcome(of, lines)))
    return rows


def next_tier(tier: int, outcome: str) -> int:
    """Where somebody plays next week."""
    step = {LeagueMember.Outcome.PROMOTED: 1, LeagueMember.Outcome.RELEGATED: -1}
    return tier + step.get(LeagueMember.Outcome(outcome), 0)


def _outcome(points: int, lines: Lines) -> str:
    if lines.promotion is not None and points >= lines.promotion:
        return LeagueMember.Outcome.PROMOTED
    if lines.safety is not None and points < lines.safety:
        return LeagueMember.Outcome.RELEGATED
    return LeagueMember.Outcome.STAYED
