"""Puts names to the ids in events, for people who read the journal. Each app says how its own ids are named.

name_ids("delivery_id", titles_of_deliveries)      # in the app's AppConfig.ready
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from uuid import UUID

from accounts.journal.models import JournalEntry

Namer = Callable[[Set[UUID]], Mapping[UUID, str]]

_namers: dict[str, Namer] = {}


def name_ids(field: str, namer: Namer) -> None:
    """Name the ids in events' fields of this name with `namer`, which gets all of a page at once."""
    _namers[field] = namer


class Names:
    """The names that some entries need; one query for each kind of id, however many entries."""

    def __init__(self, entries: Iterable[JournalEntry]) -> None:
        wanted: defaultdict[Namer, set[UUID]] = defaultdict(set)
        for entry in entries:
            for field, key in _ids(entry):
                wanted[_namers[field]].add(key)
        self._names = {key: name for namer, keys in wanted.items() for key, name in namer(keys).items()}

    def academy(self, entry: JournalEntry) -> str:
        """The name of the academy where it happened; empty for what belongs to none."""
        return self._names.get(entry.academy_id, "") if entry.academy_id else ""

    def about(self, entry: JournalEntry) -> str:
        """The names of what the event is about, without the academy."""
        found = (self._names.get(key, "") for field, key in _ids(entry) if field != "academy_id")
        return ", ".join(dict.fromkeys(name for name in found if name))

    def of(self, value: object) -> str:
        """The name of one id, or the value as it is."""
        key = _uuid(value)
        return (self._names.get(key) if key else None) or str(value)


def _ids(entry: JournalEntry) -> list[tuple[str, UUID]]:
    fields = {**entry.payload, "academy_id": entry.academy_id}
    return [(field, key) for field, value in fields.items() if field in _namers and (key := _uuid(value))]


def _uuid(value: object) -> UUID | None:
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None
