"""Counting what is asked of the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

_TRANSACTIONS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT")


class Statements(CaptureQueriesContext):
    """The statements of a block; `len` leaves out those that only frame transactions.

    A session is read from the database only where the cache has lost it, which is not what is being counted.
    """

    def __init__(self) -> None:
        super().__init__(connection)

    @property
    def asked(self) -> list[str]:
        """Their texts, in order."""
        texts = [query["sql"] for query in self.captured_queries]
        return [text for text in texts if not text.startswith(_TRANSACTIONS) and '"django_session"' not in text]

    def __len__(self) -> int:
        return len(self.asked)
