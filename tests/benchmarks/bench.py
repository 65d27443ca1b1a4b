"""What every benchmark gets: the running servers, how much to measure, and the report to add to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection

from tests.benchmarks.figures import Report, Variant
from tests.benchmarks.load import Load, closed_loop, request_of, spread
from tests.benchmarks.servers import Servers, Web
from tests.benchmarks.sizes import Size
from tests.benchmarks.world import CONNECTIONS


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One run."""

    servers: Servers
    platform: Web
    bare: Web
    size: Size
    report: Report

    def bare_variant(self) -> Variant:
        """The bare view, with as many requests as an autosave round has."""
        rows = [str(uuid4()) for _ in range(200)]

        def requests(number: int) -> Iterable[bytes]:
            for index in range(self.size.autosaves):
                answer = {"sequence": number + 1, "answer": {"choice": "a"}, "flagged": False, "seconds": 12}
                yield request_of("PUT", f"/answers/{rows[index % len(rows)]}/{index // len(rows) + 1}", body=answer)

        return Variant(name="bare view", web=self.bare, run=lambda number: sending(self.bare, requests(number)))

    def variant(self, name: str, requests: Callable[[int], Iterable[bytes]], *, status: int = 200) -> Variant:
        """A variant of the platform; `requests(round)` makes a round's requests."""
        return Variant(
            name=name,
            web=self.platform,
            run=lambda number: sending(self.platform, requests(number), status=status),
        )


def sending(web: Web, requests: Iterable[bytes], *, status: int = 200) -> Callable[[], Load]:
    """What sends these requests over the usual number of connections."""
    dealt = spread(requests, CONNECTIONS)
    return lambda: closed_loop(web.port, dealt, expected=frozenset({status}))


class Statements:
    """Counts the statements of a block; transaction control is not counted."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> "Statements":
        connection.execute_wrappers.append(self._execute)
        return self

    def __exit__(self, *_: object) -> None:
        connection.execute_wrappers.remove(self._execute)

    def _execute(self, execute: Callable[..., object], *arguments: object) -> object:
        self.count += 1
        return execute(*arguments)
