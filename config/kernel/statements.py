"""Statements that PostgreSQL plans once per connection and then only runs.

For the few statements of the busiest paths: planning them would cost more than running them. The ORM's statements are
not prepared, because Django puts their parameters into their text.
"""

from typing import Any, Self

import psycopg
from django.db import connection
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper
from psycopg.pq import Format

_MOMENT_LOADER: Any = psycopg.adapters.get_loader(psycopg.adapters.types["timestamptz"].oid, Format.TEXT)


class _BinaryCursor(psycopg.Cursor[Any]):
    """Prepares whatever it executes; parameters travel apart from the text, results in binary."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> Self:
        return super().execute(query, params, prepare=True, binary=True)


class _TextCursor(psycopg.Cursor[Any]):
    """The same with results in text, as the ORM expects them."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        # Django's own reads moments in Python, at several times the cost; the connection's time zone is UTC.
        self.adapters.register_loader("timestamptz", _MOMENT_LOADER)

    def execute(self, query: Any, params: Any = None, **_: Any) -> Self:
        return super().execute(query, params, prepare=True, binary=False)


class _RecordingCursor(CursorDebugWrapper):
    """Records statements as they were written: no text with the parameters in it ever exists."""

    def execute(self, sql: Any, params: Any = None) -> Any:
        with self.debug_sql(sql, params):
            return CursorWrapper.execute(self, sql, params)


def prepared_cursor(*, binary: bool = True) -> CursorWrapper:
    """A cursor of the default connection, to be used as `connection.cursor()` is, for constant texts alone.

    The database's option `prepare_threshold` must not be None. Parameters whose type the statement does not tell need a
    cast (`%s::bigint`). JSON comes as Python values; with `binary=False` values come as the ORM expects them.
    """
    connection.ensure_connection()
    cursor: Any = (_BinaryCursor if binary else _TextCursor)(connection.connection)
    return _RecordingCursor(cursor, connection) if connection.queries_logged else CursorWrapper(cursor, connection)
