"""Counts an academy again from its facts: a backfill, or a repair.

The place that it has come to is a row, so it goes on where it was interrupted, and several processes that rebuild the
same share the work. Each step is a transaction that holds the watermark as the fold does: the fold takes its turn
between the steps, and nobody ever reads a day that is half counted.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from academies.models import Academy, Cohort
from analytics.rollups.counting import Day, move_members, recount, sum_up
from analytics.rollups.folding import MEMBERS, holding_the_watermark
from analytics.rollups.models import AcademyActivity, CountedMember, RebuildRun

# Learners' days in one step.
BATCH = 1_000
_NOBODY = UUID(int=0)

# The next days of an academy's learners, of which there are facts or rows.
_NEXT_DAYS = """
SELECT learner_id, local_date FROM (
    (SELECT DISTINCT learner_id, local_date FROM exams_markedanswer
     WHERE academy_id = %(academy)s AND (learner_id, local_date) > (%(learner)s, %(learner_date)s)
       AND local_date BETWEEN %(first)s AND %(last)s
     ORDER BY learner_id, local_date LIMIT %(limit)s)
    UNION
    (SELECT DISTINCT learner_id, local_date FROM analytics_learnerday
     WHERE academy_id = %(academy)s AND (learner_id, local_date) > (%(learner)s, %(learner_date)s)
       AND local_date BETWEEN %(first)s AND %(last)s
     ORDER BY learner_id, local_date LIMIT %(limit)s)
) found
ORDER BY learner_id, local_date LIMIT %(limit)s
"""
_NEXT_DATE = """
SELECT least(
    (SELECT min(local_date) FROM analytics_learnerday WHERE {0}),
    (SELECT min(local_date) FROM analytics_academyactivity WHERE {0})
)
"""


def rebuild(*, academy: Academy, first: date | None, last: date | None, clock: Callable[[], datetime]) -> Iterator[int]:
    """Count an academy's days again from `first` to `last`, both included; None is without end.

    Yields after each step how many learners' days it has counted. Goes on with a rebuild of the same that was
    interrupted. `clock` tells the time; a rebuild takes long enough for it to pass.
    """
    run, _ = RebuildRun.objects.get_or_create(
        academy=academy, from_date=first, to_date=last, finished_at=None, defaults={"started_at": clock()}
    )
    yield from _follow_members(academy.pk)
    while (counted := _step(run.pk, now=clock())) is not None:
        yield counted


def expected_days(*, academy: Academy, first: date | None, last: date | None) -> int:
    """About how many learners' days a rebuild will count: as many as are held."""
    rows = AcademyActivity.objects.for_academy(academy).filter(local_date__range=_range(first, last))
    total: int = rows.aggregate(total=Sum("learners", default=0))["total"]
    return total


def _follow_members(academy: UUID) -> Iterator[int]:
    cohorts = set(Cohort.objects.for_academy(academy).values_list("pk", flat=True))
    cohorts |= set(CountedMember.objects.for_academy(academy).values_list("cohort", flat=True).distinct())
    for cohort in sorted(cohorts):
        moved = MEMBERS
        while moved == MEMBERS:
            with holding_the_watermark():
                moved = move_members(cohort, limit=MEMBERS)
            yield 0


def _step(key: int, *, now: datetime) -> int | None:
    """One step of a rebuild: how many learners' days it has counted; None when there is nothing left to do."""
    with holding_the_watermark():
        run = RebuildRun.objects.select_for_update().filter(pk=key, finished_at=None).first()
        if run is None:
            return None
        # The sums first: from then on they follow each learner's day by the difference that counting it makes.
        if not run.has_summed_up:
            counted = 0
            run.has_summed_up = not _sum_up(run)
        else:
            counted = _count_learners(run)
            run.finished_at = None if counted else now
        run.save()
    return counted


def _count_learners(run: RebuildRun) -> int:
    """Count the next days of learners; 0 when there are none."""
    first, last = _range(run.from_date, run.to_date)
    with connection.cursor() as cursor:
        cursor.execute(
            _NEXT_DAYS,
            {
                "academy": run.academy_id,
                "learner": run.learner_id or _NOBODY,
                "learner_date": run.learner_date or date.min,
                "first": first,
                "last": last,
                "limit": BATCH,
            },
        )
        days = [Day(run.academy_id, *row) for row in cursor.fetchall()]
    if days:
        recount(days)
        run.learner_id, run.learner_date = days[-1].learner, days[-1].local_date
        run.days += len(days)
    return len(days)


def _sum_up(run: RebuildRun) -> bool:
    """Sum up the next day; False when there is none."""
    first, last = _range(run.from_date, run.to_date)
    place = "academy_id = %(academy)s AND local_date > %(after)s AND local_date BETWEEN %(first)s AND %(last)s"
    with connection.cursor() as cursor:
        cursor.execute(
            _NEXT_DATE.format(place),
            {"academy": run.academy_id, "after": run.summed_date or date.min, "first": first, "last": last},
        )
        (found,) = cursor.fetchone()
    if found is None:
        return False
    sum_up(academy=run.academy_id, local_date=found)
    run.summed_date = found
    return True


def _range(first: date | None, last: date | None) -> tuple[date, date]:
    return first or date.min, last or date.max
