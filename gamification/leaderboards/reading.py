"""Reading boards: from Redis, and from PostgreSQL what is not there.

A cohort's board is its academy's with everybody else left out: PostgreSQL says who is in the cohort, Redis where they
stand. There is no set for each cohort to be kept in step with everybody who joins and leaves it.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import structlog
from celery import current_app
from django.db import connection, transaction
from django.db.models import F, Max, QuerySet, Sum
from kombu.exceptions import OperationalError

from academies.models import Cohort
from gamification.leaderboards import projection
from gamification.leaderboards.boards import NEIGHBOURS, TOP, Board, Place, Standings, weight_of
from gamification.leaderboards.people import members_of, standing
from gamification.xp.models import XPEntry, XPTotal

log = structlog.get_logger(__name__)

BUILD_BOARD = "gamification.leaderboards.build_board"
_CHUNK = 5000

# The order among equals is that of the sorted sets: whole seconds, then the learner's id, backwards. One's own place is
# looked for once, and not for each row.
_RANKED = """
WITH points AS ({rows}),
placed AS (
    SELECT learner_id, points, rank() OVER (ORDER BY points DESC) AS rank, count(*) OVER () AS size,
           row_number() OVER (
               ORDER BY points DESC, floor(extract(epoch FROM reached_at)), learner_id DESC
           ) AS place
    FROM points
),
mine AS MATERIALIZED (SELECT place FROM placed WHERE learner_id = %s)
SELECT placed.rank, placed.learner_id, placed.points, placed.place, placed.size, mine.place
FROM placed LEFT JOIN mine ON true
WHERE placed.place <= %s OR placed.place BETWEEN mine.place - %s AND mine.place + %s
ORDER BY placed.place
"""


def standings(board: Board, *, learner: UUID, cohort: Cohort | None = None) -> Standings:
    """What one learner sees of a board, of the whole academy or of a cohort in it."""
    if cohort is None:
        found = projection.read(board, learner=learner)
    else:
        found = projection.read_among(board, members_of(cohort.pk), learner=learner)
    if found is not None:
        return found
    if projection.is_wanted(board):
        _have_built(board)
    return ranked(points_on(board, cohort=cohort), learner=learner)


def points_on(board: Board, *, cohort: Cohort | None = None) -> QuerySet[Any, Any]:
    """`learner_id`, `points` and `reached_at` of everybody who stands on a board."""
    people = standing().for_academy(board.academy_id)
    if cohort is not None:
        people = people.filter(cohorts=cohort)
    if board.week_date is None:
        totals = XPTotal.objects.for_academy(board.academy_id).filter(learner__in=people.values("user"), total__gt=0)
        return totals.values("learner_id", "reached_at", points=F("total")).order_by()
    entries = XPEntry.objects.for_academy(board.academy_id).filter(week_date=board.week_date)
    grouped = entries.filter(learner__in=people.values("user")).values("learner_id")
    return grouped.annotate(points=Sum("amount"), reached_at=Max("earned_at")).order_by()


def ranked(points: QuerySet[Any, Any], *, learner: UUID) -> Standings:
    """What one learner sees of these points (`points_on`). One statement."""
    rows, parameters = points.query.sql_with_params()
    with connection.cursor() as cursor:
        # The text is the ORM's own.
        cursor.execute(_RANKED.format(rows=rows), [*parameters, learner, TOP, NEIGHBOURS, NEIGHBOURS])
        found = cursor.fetchall()
    if not found:
        return Standings(size=0, top=(), mine=None, around=())
    size, own = found[0][4], found[0][5]
    places = {place: Place(rank=rank, learner_id=person, points=int(of)) for rank, person, of, place, *_ in found}
    return Standings(
        size=size,
        top=tuple(row for place, row in places.items() if place <= TOP),
        mine=places.get(own),
        around=tuple(row for place, row in places.items() if own is not None and abs(place - own) <= NEIGHBOURS),
    )


def build_board(board: Board) -> int | None:
    """Read a board from PostgreSQL into Redis while it is being served; None when somebody else is doing it.

    Raises `redis.RedisError`.
    """

    def rows() -> Iterator[tuple[UUID, int]]:
        # In a transaction, because the rows come through a cursor of the server.
        with transaction.atomic():
            for row in points_on(board).iterator(chunk_size=_CHUNK):
                yield row["learner_id"], weight_of(points=row["points"], reached_at=row["reached_at"])

    return projection.build(board, rows)


def _have_built(board: Board) -> None:
    """Ask a worker. Without a broker nothing is lost: the next reader asks again."""
    week = board.week_date.isoformat() if board.week_date else None
    try:
        current_app.send_task(BUILD_BOARD, args=[str(board.academy_id), week], retry=False)
    except (OperationalError, OSError) as error:
        log.warning("leaderboards.build_not_asked", academy=str(board.academy_id), reason=str(error))
