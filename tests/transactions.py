"""For what reads on by transaction: databases of other test runs share the server, and with it the order of
transactions. What they have open would hold back whoever reads here, without anything to do with it.
"""

from django.db import connection

_SNAPSHOT = """
SELECT coalesce(min(backend_xid::text::bigint), pg_snapshot_xmax(pg_current_snapshot())::text::bigint),
       pg_snapshot_xmax(pg_current_snapshot())::text::bigint
FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL
"""


def own_snapshot() -> tuple[int, int]:
    """The oldest transaction of this database that still runs, and the next that there will be, as if it were alone."""
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT)
        oldest, newest = cursor.fetchone()
    return int(oldest), int(newest)
