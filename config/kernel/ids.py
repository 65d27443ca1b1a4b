"""Identifiers of rows."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A time-ordered UUID (RFC 9562, version 7): unguessable in its last 74 bits, kind to B-tree indexes."""
    return uuid7()
