"""What counting costs: the read behind a learner's page, the fold of new answers, the backfill, a busy day."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from uuid import UUID

from django.db import connection
from django.utils import timezone

from academies.models import Academy
from analytics.rollups.folding import fold
from analytics.rollups.models import LearnerDay
from analytics.rollups.rebuilding import rebuild
from exams.models import ItemBank
from tests.benchmarks.bench import Bench
from tests.benchmarks.memory import most_memory
from tests.benchmarks.world import make_academy
from tests.factories.exams import make_bank

# A learner of the history has answered ten questions on every other day of the last 120.
ACTIVE_DAYS, ANSWERS = 60, 10
READS = 400
NEW_ANSWERS = 10_000
_runs = count(1)

# Learners are numbers: a fact is not checked for whom it names.
_FACTS = """
INSERT INTO exams_markedanswer (academy_id, learner_id, source, source_id, slot, bank_id, domain_id, item_id,
    item_version_id, answer, fraction, points, is_guess, seconds, is_open, shows_domain, is_counted, answered_at,
    local_date)
SELECT %(academy)s, lpad(to_hex(learner), 32, '0')::uuid, 'practice',
    (lpad(to_hex(learner), 16, '0') || lpad(to_hex(day), 8, '0') || %(run)s)::uuid, slot,
    %(bank)s, (%(domains)s::uuid[])[1 + (slot + day) %% 4],
    lpad(to_hex((learner * 31 + day * 7 + slot) %% 5000), 32, '0')::uuid,
    lpad(to_hex((learner * 31 + day * 7 + slot) %% 5000), 32, '0')::uuid,
    '{"choice": "a"}', (learner + slot + day) %% 3 %% 2, 1, false, 20 + slot, true, true, true,
    %(today)s::date - 2 * day + time '10:00' + slot * interval '1 minute', %(today)s::date - 2 * day
FROM generate_series(%(first)s::bigint, %(last)s::bigint) learner, generate_series(0, %(days)s - 1) day,
    generate_series(1, %(answers)s) slot
"""
_PASS_BY = """
INSERT INTO analytics_watermark (name, transaction, fact, next_transaction)
VALUES ('marked_answers', pg_snapshot_xmin(pg_current_snapshot())::text::bigint, 0, 0)
ON CONFLICT (name) DO UPDATE SET transaction = excluded.transaction, fact = 0
"""


@dataclass
class History:
    """Answers of an academy, as many as were asked for."""

    academy: Academy
    bank: ItemBank
    today: date
    learners: int = 0

    def grow(self, facts: int) -> None:
        """More learners with everything that they have answered, until there are so many answers."""
        wanted = facts // (ACTIVE_DAYS * ANSWERS)
        self.write(first=self.learners + 1, last=wanted, days=ACTIVE_DAYS)
        self.learners = wanted

    def write(self, *, first: int, last: int, days: int) -> None:
        """Ten answers on each of the last days of these learners."""
        domains = list(self.bank.domains.values_list("pk", flat=True))
        with connection.cursor() as cursor:
            cursor.execute(
                _FACTS,
                {
                    "academy": self.academy.pk,
                    "bank": self.bank.pk,
                    "domains": domains,
                    "run": f"{next(_runs):08x}",
                    "today": self.today,
                    "first": first,
                    "last": last,
                    "days": days,
                    "answers": ANSWERS,
                },
            )


def measure_rollups(bench: Bench) -> None:
    """Everything with few answers behind, then with many."""
    academy, _ = make_academy("rollups", learners=1)
    history = History(academy=academy, bank=make_bank(academy, slug="rollups", domains=4), today=timezone.now().date())
    report, reads, folds = bench.report, [], []
    for facts in (bench.size.few_facts, bench.size.many_facts):
        history.grow(facts)
        _backfill(bench, history, facts)
        _tidy()
        plain, view = _read(bench, history)
        reads.append(view)
        report.add_ratio(
            f"a learner's 90 days, {facts:,} answers behind: PostgreSQL CPU",
            view / plain,
            most=2,
            unit="× reading the rows of the index range",
        )
        folds.append(_fold_new(bench, history))
        report.add_goal(
            f"fold of {NEW_ANSWERS:,} new answers, {facts:,} behind: CPU", f"{1000 * folds[-1]:,.0f} ms in PostgreSQL"
        )
    what = f"{bench.size.many_facts:,} to {bench.size.few_facts:,} answers behind"
    report.add_ratio(f"a learner's 90 days, {what}: PostgreSQL CPU", reads[1] / reads[0], most=1.3, unit="×")
    report.add_ratio(f"fold of new answers, {what}: PostgreSQL CPU", folds[1] / folds[0], most=1.3, unit="×")
    _fold_academy(bench)


def _backfill(bench: Bench, history: History, facts: int) -> None:
    started = time.monotonic()
    days = sum(rebuild(academy=history.academy, first=None, last=None, clock=timezone.now))
    seconds = time.monotonic() - started
    bench.report.add_goal(
        f"backfill of {facts:,} answers ({days:,} days of learners)",
        f"{seconds:,.0f} s, {facts / seconds:,.0f} answers/s, most memory {most_memory(os.getpid()):.0f} MB",
    )
    # The fold would count once more what the backfill has counted, which takes as long again.
    with connection.cursor() as cursor:
        cursor.execute(_PASS_BY)


def _read(bench: Bench, history: History) -> tuple[float, float]:
    """CPU of PostgreSQL for reading the rows of 90 days, and for what the page reads. Measured in turns."""
    first = history.today - timedelta(days=89)
    with connection.cursor() as cursor:

        def plain(learner: UUID) -> None:
            cursor.execute(
                'SELECT local_date, bank_id, domain_id, source, answers, "right", guesses, credit, seconds '
                "FROM analytics_learnerday "
                "WHERE academy_id = %s AND learner_id = %s AND local_date BETWEEN %s AND %s",
                [history.academy.pk, learner, first, history.today],
            )
            cursor.fetchall()

        def view(learner: UUID) -> None:
            rows = LearnerDay.objects.filter(academy=history.academy, learner=learner)
            cursor.execute(*rows.between(first, history.today).summed_by("local_date").query.sql_with_params())
            cursor.fetchall()

        spent = [0.0, 0.0]
        for _ in range(bench.size.rounds):
            for index, read in enumerate((plain, view)):
                spent[index] += _cpu(bench, lambda read=read: _each_learner(history, read))
    return spent[0], spent[1]


def _each_learner(history: History, read: Callable[[UUID], None]) -> None:
    for number in range(READS):
        read(UUID(int=1 + number * 7919 % history.learners))


def _fold_new(bench: Bench, history: History) -> float:
    """CPU of PostgreSQL for the fold of 10,000 answers that learners of the history have just given; the median."""
    spent = []
    learners = min(NEW_ANSWERS // ANSWERS, history.learners)
    for _ in range(3):
        history.write(first=1, last=learners, days=1)
        spent.append(_cpu(bench, lambda: fold(now=timezone.now())))
    return sorted(spent)[1] * (NEW_ANSWERS / ANSWERS) / learners


def _fold_academy(bench: Bench) -> None:
    """A day on which every learner of a big academy has answered."""
    learners = bench.size.big_academy
    academy, _ = make_academy("big", learners=1)
    big = History(academy=academy, bank=make_bank(academy, slug="big", domains=4), today=timezone.now().date())
    big.write(first=1, last=learners, days=1)
    started = time.monotonic()
    while fold(now=timezone.now()):
        pass
    seconds = time.monotonic() - started
    bench.report.add_goal(
        f"a day of an academy of {learners:,} learners ({learners * ANSWERS:,} answers): fold",
        f"{seconds:.1f} s, most memory {most_memory(os.getpid()):.0f} MB",
        goal="< 60 s",
        is_met=seconds < 60,
    )


def _cpu(bench: Bench, work: Callable[[], object]) -> float:
    before, _ = bench.servers.seconds()
    work()
    after, _ = bench.servers.seconds()
    return after - before


def _tidy() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE exams_markedanswer")
        cursor.execute("VACUUM ANALYZE analytics_learnerday")
