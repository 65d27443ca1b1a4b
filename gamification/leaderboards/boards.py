"""What a board is and how a place on it is written as one number."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from gamification.weeks import end_of

TOP = 50
# So many above and below oneself.
NEIGHBOURS = 2

# A place is points and, among equals, who reached them first: seconds since then, counted down, in the lower 29 bits
# (until 2043). A double holds 53 bits: beyond 16 million points only the order of equals would blur.
_EPOCH = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
_LATEST = 2**29 - 1


@dataclass(frozen=True, kw_only=True)
class Board:
    """All the learners of an academy by their points: in one week, or of all time."""

    academy_id: UUID
    week_date: date | None = None

    @property
    def ends_at(self) -> datetime | None:
        """When nothing changes on it any more."""
        return end_of(self.week_date) if self.week_date else None


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a learner stands. Equal points have equal ranks (1, 2, 2, 4)."""

    rank: int
    learner_id: UUID
    points: int


@dataclass(frozen=True, kw_only=True)
class Standings:
    """What is shown of a board to one learner: its top, and they themselves among their neighbours.

    `mine` is None for somebody who does not stand there. `size` counts who does.
    """

    size: int
    top: tuple[Place, ...]
    mine: Place | None
    around: tuple[Place, ...]


def weight_of(*, points: int, reached_at: datetime) -> int:
    """A place as a number; of two, the larger stands before the other."""
    seconds = min(max(int(reached_at.timestamp()) - _EPOCH, 0), _LATEST)
    return points * (_LATEST + 1) + _LATEST - seconds


def points_of(weight: float) -> int:
    """The points in such a number."""
    return int(weight) // (_LATEST + 1)


def rows_of(found: list[tuple[bytes, float]], *, first_index: int, first_rank: int) -> tuple[Place, ...]:
    """Places that follow one another, the first at an index (from 0) and of a rank that are known.

    Who has as many points as the one before shares that rank; who has fewer stands behind everybody before.
    """
    rows: list[Place] = []
    for index, (learner, weight) in enumerate(found, start=first_index):
        points = points_of(weight)
        rank = first_rank if not rows else rows[-1].rank if points == rows[-1].points else index + 1
        rows.append(Place(rank=rank, learner_id=UUID(bytes=learner), points=points))
    return tuple(rows)


def standings_among(found: Iterable[tuple[float, bytes]], *, learner: UUID) -> Standings:
    """What one learner sees of a board on which only these stand; the order is that of a sorted set."""
    placed = [(person, weight) for weight, person in sorted(found, reverse=True)]
    top = rows_of(placed[:TOP], first_index=0, first_rank=1)
    own = next((index for index, (person, _) in enumerate(placed) if person == learner.bytes), None)
    if own is None:
        return Standings(size=len(placed), top=top, mine=None, around=())
    first = max(own - NEIGHBOURS, 0)
    points = points_of(placed[first][1])
    around = rows_of(
        placed[first : own + NEIGHBOURS + 1],
        first_index=first,
        first_rank=1 + bisect_left(placed, -points, key=lambda row: -points_of(row[1])),
    )
    return Standings(size=len(placed), top=top, mine=around[own - first], around=around)
