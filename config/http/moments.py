"""Points in time as the API writes them."""

from datetime import datetime


def written(at: datetime | None) -> str | None:
    """ISO 8601 in UTC (`2026-11-21T10:30:00.123456Z`), as the serializers write it. Wants a moment in UTC."""
    return None if at is None else at.isoformat().replace("+00:00", "Z")
