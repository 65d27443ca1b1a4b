"""Running things at once, each thread with a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

# Fewer than the pool of connections has, one of which the test itself holds.
MOST = 6


def all_at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """The results of all calls, which start together; an exception counts as a result."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        gate.wait(timeout=20)
        return _alone(call)

    with ThreadPoolExecutor(max_workers=len(calls)) as pool:
        return list(pool.map(run, calls))


def in_turns(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """The results of all calls, as many at a time as there are connections, in the order given."""
    with ThreadPoolExecutor(max_workers=MOST) as pool:
        return list(pool.map(_alone, calls))


def _alone(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Exception as error:  # noqa: BLE001  # the test looks at what came of each call
        return error
    finally:
        connection.close()
