"""Counts days again and lets the sums over them follow: the one writer of the rollup tables.

Every function here is called in a transaction that holds the watermark (`folding.holding_the_watermark`), so nobody
else writes meanwhile. A day of a learner is always counted from its facts as a whole; what is summed up over learners
changes by the difference between the new day and the one that is held, in the same transaction. So the cost follows the
days that have changed, and whoever reads sees all of a change or nothing of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from analytics.rollups.statistics import NAMES, STATISTICS


class Day(NamedTuple):
    """A learner's day."""

    academy: UUID
    learner: UUID
    local_date: date


@dataclass(frozen=True, kw_only=True)
class Level:
    """A table of sums: what its rows are told apart by, and whether it says how many learners are in them."""

    table: str
    keys: tuple[str, ...]
    has_learners: bool = True

    @property
    def sums(self) -> tuple[str, ...]:
        """The columns that are summed up."""
        return ("learners", *NAMES) if self.has_learners else NAMES


_PLACE = ("bank_id", "domain_id", "source")
_LEARNERS = Level(
    table="analytics_learnerday",
    keys=("academy_id", "learner_id", "local_date", *_PLACE, "shows_domain"),
    has_learners=False,
)
_ACADEMIES = (
    Level(table="analytics_academyday", keys=("academy_id", "local_date", *_PLACE)),
    Level(table="analytics_academyactivity", keys=("academy_id", "local_date")),
)
_COHORTS = (
    Level(table="analytics_cohortday", keys=("academy_id", "cohort_id", "local_date", *_PLACE)),
    Level(table="analytics_cohortactivity", keys=("academy_id", "cohort_id", "local_date")),
)


def _list(columns: Iterable[str], form: str = '"{0}"') -> str:
    return ", ".join(form.format(column) for column in columns)


# What is counted now (+1) beside what is held (-1): the difference, not yet added up.
_COMPARE = f"""
CREATE TEMPORARY TABLE rollup_change ON COMMIT DROP AS
WITH days AS (
    SELECT DISTINCT * FROM unnest(%s::uuid[], %s::uuid[], %s::date[]) AS day (academy_id, learner_id, local_date)
)
SELECT {_list(_LEARNERS.keys)}, 1 AS sign, {", ".join(f'sum({each.of}) AS "{each.name}"' for each in STATISTICS)}
FROM days JOIN exams_markedanswer fact USING (academy_id, learner_id, local_date)
WHERE fact.is_counted
GROUP BY {_list(_LEARNERS.keys)}
UNION ALL
SELECT {_list(_LEARNERS.keys)}, -1, {_list(NAMES, '-"{0}"')}
FROM days JOIN {_LEARNERS.table} USING (academy_id, learner_id, local_date)
"""  # noqa: S608  # made of our own words, here and below  # nosec B608
_IN_COHORTS = "JOIN analytics_countedmember USING (academy_id, learner_id)"

# Who is in which cohort.
LISTED = """
SELECT member.academy_id, member.user_id AS learner_id, listed.cohort_id
FROM academies_cohortmember listed JOIN academies_membership member ON member.id = listed.member_id
"""
# What a cohort gains (+1) by those who have joined it, and loses (-1) by those who have left.
_DIFFERING = f"""
CREATE TEMPORARY TABLE rollup_member ON COMMIT DROP AS
WITH listed AS (
    {LISTED} WHERE listed.cohort_id = %(cohort)s
), counted AS (
    SELECT academy_id, learner_id, cohort_id FROM analytics_countedmember WHERE cohort_id = %(cohort)s
)
(SELECT *, 1 AS sign FROM (SELECT * FROM listed EXCEPT SELECT * FROM counted) joined
 UNION ALL
 SELECT *, -1 FROM (SELECT * FROM counted EXCEPT SELECT * FROM listed) gone)
LIMIT %(limit)s
"""  # noqa: S608  # nosec B608
_MOVE = f"""
CREATE TEMPORARY TABLE rollup_change ON COMMIT DROP AS
SELECT cohort_id, {_list(_LEARNERS.keys)}, sign, {_list(NAMES, 'sign * "{0}" AS "{0}"')}
FROM rollup_member JOIN {_LEARNERS.table} USING (academy_id, learner_id)
"""  # noqa: S608  # nosec B608
_JOIN = """
INSERT INTO analytics_countedmember (academy_id, learner_id, cohort_id)
SELECT academy_id, learner_id, cohort_id FROM rollup_member WHERE sign = 1
"""
_LEAVE = """
DELETE FROM analytics_countedmember held USING rollup_member gone
WHERE gone.sign = -1 AND (held.academy_id, held.learner_id, held.cohort_id)
    = (gone.academy_id, gone.learner_id, gone.cohort_id)
"""


def recount(days: Sequence[Day]) -> None:
    """Count these days from their facts. Doing it again changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPARE, [list(column) for column in zip(*days, strict=True)])
        cursor.execute("ANALYZE rollup_change")
        cursor.execute(_apply(_LEARNERS, "rollup_change"))
        for level in _ACADEMIES:
            cursor.execute(_apply(level, "rollup_change"))
        for level in _COHORTS:
            cursor.execute(_apply(level, f"rollup_change {_IN_COHORTS}"))
        _forget(cursor, "rollup_change")


def move_members(cohort: UUID, *, limit: int) -> int:
    """Add the days of those who have joined the cohort, take away those of who has left; return how many they were."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING, {"cohort": cohort, "limit": limit})
        moved: int = cursor.rowcount
        if moved:
            cursor.execute("ANALYZE rollup_member")
            cursor.execute(_MOVE)
            cursor.execute("ANALYZE rollup_change")
            for level in _COHORTS:
                cursor.execute(_apply(level, "rollup_change"))
            cursor.execute(_JOIN)
            cursor.execute(_LEAVE)
            _forget(cursor, "rollup_change")
        _forget(cursor, "rollup_member")
    return moved


def sum_up(*, academy: UUID, local_date: date) -> None:
    """Sum up one day of an academy and its cohorts anew from the learners' days, whatever is held."""
    with connection.cursor() as cursor:
        for source, levels in ((_LEARNERS.table, _ACADEMIES), (f"{_LEARNERS.table} {_IN_COHORTS}", _COHORTS)):
            for level in levels:
                cursor.execute(
                    f"DELETE FROM {level.table} WHERE academy_id = %s AND local_date = %s",  # noqa: S608  # nosec B608
                    [academy, local_date],
                )
                cursor.execute(_sums(level, source), [academy, local_date])


def _apply(level: Level, source: str) -> str:
    """Add the differences of a source to a table; rows that are left without answers go."""
    by_learner = tuple(dict.fromkeys((*level.keys, "learner_id")))
    learners = "bool_or(sign = 1)::int - bool_or(sign = -1)::int AS learners, " if level.has_learners else ""
    return f"""
    MERGE INTO {level.table} held
    USING (
        SELECT {_list(level.keys)}, {_list(level.sums, 'sum("{0}") AS "{0}"')}
        FROM (
            SELECT {_list(by_learner)}, {learners}{_list(NAMES, 'sum("{0}") AS "{0}"')}
            FROM {source} GROUP BY {_list(by_learner)}
        ) one
        GROUP BY {_list(level.keys)}
        HAVING {" OR ".join(f'sum("{name}") <> 0' for name in level.sums)}
    ) change
    ON {" AND ".join(f"held.{key} = change.{key}" for key in level.keys)}
    WHEN MATCHED AND held.answers + change.answers = 0 THEN DELETE
    WHEN MATCHED THEN UPDATE SET {_list(level.sums, '"{0}" = held."{0}" + change."{0}"')}
    WHEN NOT MATCHED THEN INSERT ({_list((*level.keys, *level.sums))})
        VALUES ({_list((*level.keys, *level.sums), 'change."{0}"')})
    """  # noqa: S608  # nosec B608


def _sums(level: Level, source: str) -> str:
    """Insert the sums over a source of learners' days."""
    return f"""
    INSERT INTO {level.table} ({_list(level.keys)}, learners, {_list(NAMES)})
    SELECT {_list(level.keys)}, count(DISTINCT learner_id), {_list(NAMES, 'sum("{0}")')}
    FROM {source} WHERE academy_id = %s AND local_date = %s
    GROUP BY {_list(level.keys)}
    """  # noqa: S608  # nosec B608


def _forget(cursor: CursorWrapper, table: str) -> None:
    """Make room for the next one of the same transaction."""
    cursor.execute(f"DROP TABLE {table}")
