"""Benchmarks of leaderboards: reading one's own place among few and many, and building a board anew."""

import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

import redis
from django.conf import settings
from django.db import connection

from academies.models import Academy, Cohort, CohortMember, Membership
from accounts.models import User
from gamification.leaderboards import projection
from gamification.leaderboards.boards import Board, Standings
from gamification.leaderboards.reading import build_board, points_on, ranked, standings
from gamification.models import XPTotal
from tests.benchmarks.bench import Bench, sending
from tests.benchmarks.figures import Variant, interleave
from tests.benchmarks.load import request_of
from tests.benchmarks.memory import MEGABYTE
from tests.benchmarks.world import CONNECTIONS, make_academy, settle, signed_in

FEW = 10_000
COHORTS = (500, 5_000)


def measure_boards(bench: Bench) -> None:
    """The board of an academy with few and with many learners, beside a bare view that asks Redis the same."""
    variants, boards = [], {}
    for slug, learners in (("few", FEW), ("many", bench.size.board_learners)):
        academy, members = make_academy(slug, learners=CONNECTIONS)
        _fill(academy, members[0], learners)
        boards[learners] = board = Board(academy_id=academy.pk)
        seconds, size, used = _build(board)
        assert size == learners
        bench.report.add_goal(f"board of {learners:,}: built from PostgreSQL", f"{seconds:.1f} s")
        bench.report.add_goal(f"board of {learners:,}: memory of Redis", f"{used / MEGABYTE:.1f} MB")
        path = f"/api/v1/academies/{slug}/leaderboards/?period=all"
        requests = [request_of("GET", path, headers=signed_in(member)) for member in members]
        variants.append(bench.variant(f"leaderboard, {learners:,} learners", _in_turn(requests, bench.size.lists)))
        bare = [request_of("GET", f"/boards/{academy.pk}/{member.user_id}") for member in members]
        variants.append(_bare(bench, f"bare view of the same, {learners:,} learners", _in_turn(bare, bench.size.lists)))
    settle()
    few, bare_few, many, bare_many = interleave(variants, rounds=bench.size.rounds)
    for costs, bare in ((few, bare_few), (many, bare_many)):
        bench.report.add_costs(bare)
        bench.report.add_costs(costs, bare=bare)
    bench.report.add_ratio("leaderboard: CPU", many.ratio_to(bare_many), most=1.5, unit="× bare")
    bench.report.add_ratio(
        f"leaderboard: CPU of {bench.size.board_learners:,} to {FEW:,}", many.ratio_to(few), most=1.3, unit="×"
    )
    _measure_cohort(bench, boards[FEW])


def _measure_cohort(bench: Bench, board: Board) -> None:
    """A cohort's part of a board, as learners get it, and ranked in PostgreSQL."""
    for learners in COHORTS:
        cohort = Cohort.objects.create(academy_id=board.academy_id, name=f"{learners} learners")
        members = list(Membership.objects.for_academy(board.academy_id)[:learners])
        CohortMember.objects.bulk_create(
            CohortMember(academy_id=board.academy_id, cohort=cohort, member=member) for member in members
        )
        settle()
        learner = members[0].user_id
        assert standings(board, learner=learner, cohort=cohort).size == learners
        ways: dict[str, Callable[[], Any]] = {
            "as learners get it": partial(standings, board, learner=learner, cohort=cohort),
            "PostgreSQL": partial(_ranked, board, learner=learner, cohort=cohort),
        }
        for name, way in ways.items():
            way()
            started = time.monotonic()
            for _ in range(20):
                way()
            milliseconds = (time.monotonic() - started) * 1000 / 20
            bench.report.add_goal(f"board of a cohort of {learners:,}: {name}", f"{milliseconds:.1f} ms")


def _ranked(board: Board, *, learner: UUID, cohort: Cohort) -> Standings:
    return ranked(points_on(board, cohort=cohort), learner=learner)


def _fill(academy: Academy, pattern: Membership, learners: int) -> None:
    """As many learners as wanted, each with points, copied from one in a few statements."""
    more = learners - CONNECTIONS
    with connection.cursor() as cursor:
        email = f"'copy' || n || '@{academy.slug}.example'"
        cursor.execute(*_copies(User, pattern.user_id, more, id="gen_random_uuid()", email=email))
        cursor.execute(
            "INSERT INTO academies_membership (id, academy_id, user_id, role, created_at) "
            "SELECT gen_random_uuid(), %s, id, 'learner', now() FROM accounts_user WHERE email LIKE %s",
            [academy.pk, f"copy%@{academy.slug}.example"],
        )
        cursor.execute(
            f"INSERT INTO {XPTotal._meta.db_table} (academy_id, learner_id, total, reached_at) "
            "SELECT academy_id, user_id, 1 + (random() * 20000)::int, now() - random() * interval '90 days' "
            "FROM academies_membership WHERE academy_id = %s",
            [academy.pk],
        )
        cursor.execute("ANALYZE")


def _copies(model: Any, key: object, count: int, **values: str) -> tuple[str, list[object]]:
    columns = [field.column for field in model._meta.concrete_fields]
    chosen = [values.get(column, f"pattern.{column}") for column in columns]
    table = model._meta.db_table
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(chosen)} "
        f"FROM {table} pattern, generate_series(1, %s) n WHERE pattern.id = %s"
    )
    return statement, [count, key]


def _build(board: Board) -> tuple[float, int | None, int]:
    client = redis.Redis.from_url(settings.REDIS_URL)
    started = time.monotonic()
    size = build_board(board)
    return time.monotonic() - started, size, int(client.memory_usage(projection._key(board), samples=0))


def _in_turn(requests: list[bytes], count: int) -> Callable[[int], Iterable[bytes]]:
    return lambda _: (requests[index % CONNECTIONS] for index in range(count))


def _bare(bench: Bench, name: str, requests: Callable[[int], Iterable[bytes]]) -> Variant:
    return Variant(name=name, web=bench.bare, run=lambda number: sending(bench.bare, requests(number)))
