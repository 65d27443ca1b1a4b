"""The fold: brings what has been answered, changed or asked for since last time into the rollups.

Facts are read in the order of the transactions that wrote them, up to the oldest one that is still running: whatever
comes from an older one is there to be seen, so nothing is passed by, however late it was committed. An answer that is
changed is written by a younger transaction and comes by again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from analytics.rollups.counting import LISTED, Day, move_members, recount
from analytics.rollups.models import DirtyCohort, DirtyDay, Watermark

FACTS = "marked_answers"
# What one transaction takes on; memory and the wait of the next in line follow it.
BATCH = 5_000
MEMBERS = 100

_SNAPSHOT = """
SELECT pg_snapshot_xmin(now)::text::bigint, pg_snapshot_xmax(now)::text::bigint FROM pg_current_snapshot() now
"""
_FRESH = """
SELECT written_in::text::bigint, id, academy_id, learner_id, local_date
FROM exams_markedanswer
WHERE (written_in, id) > (%(transaction)s::text::xid8, %(fact)s) AND written_in < %(bound)s::text::xid8
ORDER BY written_in, id LIMIT %(limit)s
"""
_WAITING = """
SELECT count(*) FROM (
    SELECT FROM exams_markedanswer WHERE (written_in, id) > (%(transaction)s::text::xid8, %(fact)s) LIMIT %(limit)s
) waiting
"""
_DIFFERING_COHORTS = f"""
INSERT INTO analytics_dirtycohort (academy_id, cohort_id)
SELECT DISTINCT coalesce(listed.academy_id, counted.academy_id), coalesce(listed.cohort_id, counted.cohort_id)
FROM ({LISTED}) listed
FULL JOIN analytics_countedmember counted USING (academy_id, learner_id, cohort_id)
WHERE listed.cohort_id IS NULL OR counted.cohort_id IS NULL
"""  # noqa: S608  # made of our own words  # nosec B608


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What may be counted: facts of transactions before `bound`; `newest` is the next transaction there will be."""

    bound: int
    newest: int


def fold(*, now: datetime, batches: int = 20, size: int = BATCH) -> int:
    """Count what is new, at most so many batches of it, each in a transaction; return how many facts were read.

    Whoever folds at the same time waits for its turn and finds less to do.
    """
    read = 0
    for _ in range(batches):
        snapshot = _snapshot()
        with holding_the_watermark() as mark:
            found = _fold_facts(mark, snapshot, now=now, limit=size)
            asked = _fold_dirty_days(limit=size) + _fold_dirty_cohort(limit=MEMBERS)
        read += found
        if found < size and not asked:
            break
    return read


@contextmanager
def holding_the_watermark() -> Iterator[Watermark]:
    """A transaction in which nobody else counts."""
    Watermark.objects.get_or_create(name=FACTS)
    with transaction.atomic():
        yield Watermark.objects.select_for_update().get(name=FACTS)


def as_of() -> datetime | None:
    """What was committed by then is counted; None before the first fold."""
    moment: datetime | None = Watermark.objects.filter(name=FACTS).values_list("as_of", flat=True).first()
    return moment


def facts_waiting(mark: Watermark, *, limit: int = BATCH) -> int:
    """How many facts are not counted yet, at most `limit`; those of transactions that still run cannot be seen."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"transaction": mark.transaction, "fact": mark.fact, "limit": limit})
        (found,) = cursor.fetchone()
    return int(found)


def count_again(*, academy: UUID, learner: UUID, local_date: date) -> DirtyDay:
    """Ask for a learner's day to be counted again."""
    return DirtyDay.objects.create(academy_id=academy, learner_id=learner, local_date=local_date)


def look_at_cohort(*, academy: UUID, cohort: UUID) -> None:
    """Ask for the days of a cohort to follow its list of members."""
    DirtyCohort.objects.create(academy_id=academy, cohort_id=cohort)


def compare_cohorts() -> None:
    """Ask for every cohort whose days are not those of its members."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING_COHORTS)


def _snapshot() -> Snapshot:
    # Before the lock: with it our own transaction would be the oldest that still runs.
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT)
        bound, newest = cursor.fetchone()
    return Snapshot(bound=bound, newest=newest)


def _fold_facts(mark: Watermark, snapshot: Snapshot, *, now: datetime, limit: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            _FRESH,
            {"transaction": mark.transaction, "fact": mark.fact, "bound": snapshot.bound, "limit": limit},
        )
        facts = cursor.fetchall()
    if facts:
        recount(sorted({Day(*fact[2:]) for fact in facts}))
        mark.transaction, mark.fact = facts[-1][:2]
    if len(facts) < limit:
        _reach(mark, snapshot, now=now)
    mark.save()
    return len(facts)


def _reach(mark: Watermark, snapshot: Snapshot, *, now: datetime) -> None:
    """Everything before the bound is counted. Says as of when, which a transaction that runs for long holds back."""
    if snapshot.bound < mark.transaction:
        # Somebody else has come further while we waited.
        return
    if snapshot.bound > mark.transaction:
        mark.transaction, mark.fact = snapshot.bound, 0
    if snapshot.bound == snapshot.newest:
        mark.as_of = mark.next_as_of = now
        mark.next_transaction = snapshot.newest
    elif snapshot.bound >= mark.next_transaction:
        mark.as_of = mark.next_as_of or mark.as_of
        mark.next_transaction, mark.next_as_of = snapshot.newest, now


def _fold_dirty_days(*, limit: int) -> int:
    rows = list(DirtyDay.objects.order_by("id")[:limit])
    if rows:
        recount(sorted({Day(row.academy_id, row.learner_id, row.local_date) for row in rows}))
        # Those that were read, and none that was asked for since.
        DirtyDay.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _fold_dirty_cohort(*, limit: int) -> int:
    first = DirtyCohort.objects.order_by("id").first()
    if first is None:
        return 0
    asked = list(DirtyCohort.objects.filter(cohort=first.cohort_id).values_list("pk", flat=True))
    moved = move_members(first.cohort_id, limit=limit)
    if moved < limit:
        DirtyCohort.objects.filter(pk__in=asked).delete()
    return 1
