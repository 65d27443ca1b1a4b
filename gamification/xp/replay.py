"""The journal read again from its beginning, for whatever is counted from it."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from accounts.journal.events import Event, UnknownEvent, event_from
from accounts.journal.models import JournalEntry

BATCH = 500

Told = tuple[Event, JournalEntry]


def told(kinds: Iterable[type[Event]], *, academy: UUID | None = None) -> Iterator[list[Told]]:
    """The events of these kinds in the order of their entries, in batches; those of one academy, or of all."""
    entries = JournalEntry.objects.filter(kind__in=[kind.kind for kind in kinds]).order_by("id")
    if academy is not None:
        entries = entries.for_academy(academy)
    last = 0
    while batch := list(entries.filter(id__gt=last)[:BATCH]):
        last = batch[-1].pk
        if events := [(event, entry) for entry in batch if (event := _read(entry)) is not None]:
            yield events


def _read(entry: JournalEntry) -> Event | None:
    """The event of an entry; None for one that the running code cannot read, and so did not count either."""
    try:
        return event_from(kind=entry.kind, version=entry.version, academy_id=entry.academy_id, payload=entry.payload)
    except UnknownEvent:
        return None
