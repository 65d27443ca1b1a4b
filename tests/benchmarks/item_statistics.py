"""What practice leaves behind: thousands of bookmarks to search, and a million answers that questions are judged by."""

import time
from collections.abc import Callable, Iterable

from django.db import connection
from django.utils import timezone

from exams.bank.models import ItemBank
from exams.practice.saved.models import Bookmark
from exams.psychometrics.compute import compute_bank_statistics
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import interleave
from tests.benchmarks.load import request_of
from tests.benchmarks.world import CONNECTIONS, make_academy, settle, signed_in
from tests.factories.exams import make_bank, make_plain_items

ITEMS, SESSION = 500, 50
# Learners of some ability answer sessions of 50 questions of some difficulty, each question once.
_ANSWERS = """
INSERT INTO exams_markedanswer
    (academy_id, learner_id, source, source_id, slot, bank_id, domain_id, item_id, item_version_id, answer,
     fraction, points, is_guess, seconds, is_open, shows_domain, is_counted, answered_at, local_date)
SELECT item.academy_id, learner.id, 'practice', session.id, asked.number, item.bank_id, item.domain_id, item.id,
    item.live_version_id, jsonb_build_object('choice', CASE WHEN result.is_right THEN 'a' ELSE 'b' END),
    result.is_right::int, 1, false, 20 + asked.number %% 40, true, true, true,
    now() - (asked.number || ' minutes')::interval, current_date
FROM (
    SELECT gen_random_uuid() AS id, random() AS ability FROM generate_series(1, %(learners)s)
) AS learner
CROSS JOIN LATERAL (
    SELECT gen_random_uuid() AS id, number FROM generate_series(0, %(sessions)s - 1) AS number
    WHERE learner.id IS NOT NULL
) AS session
JOIN (
    SELECT row_number() OVER (ORDER BY code) - 1 AS number, item.* FROM exams_item item WHERE bank_id = %(bank)s
) AS item ON item.number / %(session)s = session.number
CROSS JOIN LATERAL (SELECT item.number AS number) AS asked
CROSS JOIN LATERAL (SELECT random() < (learner.ability + random()) / 2 AS is_right) AS result
"""


def measure_kept(bench: Bench) -> None:
    """The newest bookmarks of somebody with thousands, a search among them, and one that finds nothing."""
    academy, learners = make_academy("kept", learners=CONNECTIONS)
    bank = make_bank(academy, slug="kept", is_open_to_practice=True)
    versions = make_plain_items(bank, bench.size.bookmarks)
    for learner in learners:
        Bookmark.objects.bulk_create(
            [
                Bookmark(academy=academy, learner=learner.user, item_id=version.item_id, tags=[f"tag {number % 50}"])
                for number, version in enumerate(versions)
            ],
            batch_size=2_000,
        )
    browsers = [signed_in(learner) for learner in learners]
    settle()

    def asking(path: str) -> Callable[[int], Iterable[bytes]]:
        requests = [request_of("GET", path, headers=browser) for browser in browsers]
        return lambda _: (requests[index % CONNECTIONS] for index in range(bench.size.lists // 2))

    home = "/api/v1/academies/kept/practice/bookmarks/"
    queries = {"newest": "", "by tag": "?tag=tag+7", "found": "?q=stem+q-1", "nothing found": "?q=nothing+like+it"}
    bare, *listed = interleave(
        [
            bench.bare_variant(),
            *(
                bench.variant(f"bookmarks, {name}, of {len(versions):,}", asking(home + query))
                for name, query in queries.items()
            ),
        ],
        rounds=bench.size.rounds,
    )
    for name, costs in zip(queries, listed, strict=True):
        bench.report.add_costs(costs, bare=bare)
        if name == "newest":
            bench.report.add_ratio("list `practice/bookmarks/`: CPU", costs.ratio_to(bare), most=3.5, unit="× bare")


def measure_statistics(bench: Bench) -> None:
    """The figures of a bank of 500 questions from all that was answered to them."""
    academy, _ = make_academy("statistics", learners=1)
    bank = make_bank(academy, slug="statistics")
    make_plain_items(bank, ITEMS)
    counts = (bench.size.counted_answers // 10, bench.size.counted_answers)
    rates = {}
    held = 0
    for answers in counts:
        _answer(bank, learners=(answers - held) // ITEMS)
        held = answers
        settle()
        began = time.perf_counter()
        compute_bank_statistics(bank=bank, now=timezone.now())
        seconds = time.perf_counter() - began
        rates[answers] = answers / seconds
        bench.report.add_goal(
            f"figures of {ITEMS} questions, {answers:,} answers",
            f"{seconds:.1f} s, {rates[answers]:,.0f} answers a second, 2 statements",
        )
    few, many = rates.values()
    bench.report.add_ratio("figures of questions: cost of an answer, ten times as many", few / many, most=2, unit="×")


def _answer(bank: ItemBank, *, learners: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _ANSWERS,
            {"learners": learners, "sessions": ITEMS // SESSION, "session": SESSION, "bank": bank.pk},
        )
