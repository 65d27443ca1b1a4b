"""Counting what is asked of the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

_TRANSACTIONS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT")


class Statements(CaptureQueriesContext):
    """The statements of a block; `len` leaves out those that only frame transactions."""

    def __init__(self) -> None:
        super().__init__(connection)

    @property
    def asked(self) -> list[str]:
        """Their texts, in order."""
        return [query["sql"] for query in self.captured_queries if not query["sql"].startswith(_TRANSACTIONS)]

    def __len__(self) -> int:
        return len(self.asked)
