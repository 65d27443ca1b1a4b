"""Boards in Redis: one sorted set for each academy, of all time and for each week. PostgreSQL has the truth.

A set always has its floor, a member behind everybody, so that a board on which nobody stands differs from one that
Redis has lost. Only a whole board that was read from PostgreSQL becomes a set: what is written before is dropped, or,
while one is being built, kept until it takes its place.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, TypeVar
from uuid import UUID, uuid4

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.http.breaker import Breaker
from gamification.leaderboards.boards import NEIGHBOURS, TOP, Board, Standings, rows_of, standings_among

Answer = TypeVar("Answer")

_TIMEOUT_SECONDS = 0.5
_FLOOR = b"floor"
_BATCH = 5000
# Longer than reading a board takes; a process that died leaves the lock this long.
BUILD_SECONDS = 300
# A week that is over is looked at rarely, and read anew then.
WEEK_KEPT = timedelta(weeks=3)

# The top, the own place with its neighbours, and the rank of the first of those: ranks of the rest follow from it.
_READ = """
local size = redis.call('ZCARD', KEYS[1])
if size == 0 then return false end
local top = redis.call('ZREVRANGE', KEYS[1], 0, ARGV[2] - 1, 'WITHSCORES')
local index = redis.call('ZREVRANK', KEYS[1], ARGV[1])
if not index then return {size - 1, top} end
local first = math.max(index - ARGV[3], 0)
local around = redis.call('ZREVRANGE', KEYS[1], first, index + ARGV[3], 'WITHSCORES')
local points = math.floor(tonumber(around[2]) / 536870912)
local before = redis.call('ZCOUNT', KEYS[1], string.format('%.0f', (points + 1) * 536870912), '+inf')
return {size - 1, top, index, first, before + 1, around}
"""
# KEYS: the board, its build, the changes meanwhile. ARGV: the learner and their number, empty for somebody who leaves.
_WRITE = """
if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('HSET', KEYS[3], ARGV[1], ARGV[2]) end
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if ARGV[2] == '' then return redis.call('ZREM', KEYS[1], ARGV[1]) end
return redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
"""
_BEGIN = """
if not redis.call('SET', KEYS[2], ARGV[1], 'NX', 'EX', ARGV[2]) then return 0 end
redis.call('DEL', KEYS[3])
return 1
"""
# What was written while the rows were being read is newer than they are.
_SWAP = """
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
local changes = redis.call('HGETALL', KEYS[3])
for at = 1, #changes, 2 do
  if changes[at + 1] == '' then redis.call('ZREM', KEYS[4], changes[at])
  else redis.call('ZADD', KEYS[4], changes[at + 1], changes[at]) end
end
redis.call('RENAME', KEYS[4], KEYS[1])
if ARGV[2] == '' then redis.call('PERSIST', KEYS[1]) else redis.call('EXPIRE', KEYS[1], ARGV[2]) end
redis.call('DEL', KEYS[2], KEYS[3])
return 1
"""

breaker = Breaker("leaderboards come from the database")


def read(board: Board, *, learner: UUID) -> Standings | None:
    """What one learner sees; None while the board is not there, or Redis is away. One round trip."""
    try:
        found = _asked(lambda: _script(settings.REDIS_URL, _READ)([_key(board)], [learner.bytes, TOP, NEIGHBOURS]))
    except redis.RedisError:
        return None
    if found is None:
        return None
    size, top, *own = found
    rows = rows_of(_pairs(top), first_index=0, first_rank=1)
    if not own:
        return Standings(size=size, top=rows, mine=None, around=())
    _, first, rank, near = own
    around = rows_of(_pairs(near), first_index=first, first_rank=rank)
    mine = next(row for row in around if row.learner_id == learner)
    return Standings(size=size, top=rows, mine=mine, around=around)


def read_among(board: Board, people: Sequence[bytes], *, learner: UUID) -> Standings | None:
    """What one learner sees of a board when only these people (ids) count; None as with `read`. One round trip."""
    members = [_FLOOR, *people]
    try:
        floor, *weights = _asked(lambda: _client(settings.REDIS_URL).zmscore(_key(board), members))
    except redis.RedisError:
        return None
    if floor is None:
        return None
    found = ((weight, person) for weight, person in zip(weights, people, strict=True) if weight is not None)
    return standings_among(found, learner=learner)


def write(board: Board, *, learner: UUID, weight: int | None) -> None:
    """Put somebody onto a board or, without a number, take them off it. Raises `redis.RedisError`."""
    value = "" if weight is None else weight
    _asked(lambda: _script(settings.REDIS_URL, _WRITE)(_keys(board), [learner.bytes, value]))


def build(board: Board, read_rows: Callable[[], Iterable[tuple[UUID, int]]]) -> int | None:
    """Read a board anew, aside, and let it take the place of the present one; who reads meanwhile sees that.

    Returns how many stand on it; None when somebody else is building it. Raises `redis.RedisError`.
    """
    client, token = _client(settings.REDIS_URL), uuid4().hex
    if not _script(settings.REDIS_URL, _BEGIN)(_keys(board), [token, BUILD_SECONDS]):
        return None
    aside = f"{_key(board)}:{token}"
    client.zadd(aside, {_FLOOR: -1})
    client.expire(aside, BUILD_SECONDS)
    size, batch = 0, {}
    # Only from here on: what was committed before the lock was taken is among the rows.
    for learner, weight in read_rows():
        batch[learner.bytes] = weight
        size += 1
        if len(batch) == _BATCH:
            client.zadd(aside, batch)
            batch = {}
    if batch:
        client.zadd(aside, batch)
    kept_seconds = int(WEEK_KEPT.total_seconds()) if board.week_date else ""
    swapped = _script(settings.REDIS_URL, _SWAP)([*_keys(board), aside], [token, kept_seconds])
    return size if swapped else None


def is_wanted(board: Board) -> bool:
    """Whether somebody should build a board that is not there: true once in a while, and for one of many who ask."""
    try:
        return bool(_asked(lambda: _client(settings.REDIS_URL).set(f"{_key(board)}:wanted", 1, nx=True, ex=30)))
    except redis.RedisError:
        return False


def _keys(board: Board) -> list[str]:
    key = _key(board)
    return [key, f"{key}:build", f"{key}:changes"]


def _key(board: Board) -> str:
    # The braces keep what belongs together on one server of a cluster.
    return f"board:{{{board.academy_id.hex}}}:{board.week_date or 'all'}"


def _pairs(flat: list[bytes]) -> list[tuple[bytes, float]]:
    rows = zip(flat[::2], flat[1::2], strict=True)
    return [(member, float(weight)) for member, weight in rows if member != _FLOOR]


def _asked(operation: Callable[[], Answer]) -> Answer:
    if breaker.is_open:
        raise redis.ConnectionError("Redis is left alone for a moment")
    try:
        return operation()
    except redis.RedisError as error:
        breaker.trip(error)
        raise


@cache
def _client(url: str) -> Any:
    return redis.Redis.from_url(
        url,
        socket_timeout=_TIMEOUT_SECONDS,
        socket_connect_timeout=_TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 1),  # once: a connection may have gone stale while it was idle
    )


@cache
def _script(url: str, text: str) -> Any:
    return _client(url).register_script(text)
