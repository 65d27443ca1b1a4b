"""The hash chain over the journal: a changed, missing, moved or cut-off entry shows.

Each seal holds SHA-256 over the previous digest and the canonical JSON of its entry with its position. Entries are
sealed in batches afterwards, so that writers never wait for each other; one that was committed late is sealed later,
and the order of positions need not be that of ids.

The chain alone does not show that somebody rewrote all of it from some point on: for that the head is logged at each
sealing, and `verify_journal --expect-head` holds a head that was kept elsewhere against the chain.
"""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Self

import structlog
from django.db import connection, transaction
from django.db.models import Max

from accounts.journal.models import JournalEntry, Seal

log = structlog.get_logger(__name__)

# Any constant number will do, as long as nothing else locks it.
LOCK = 7_310_442_001
BATCH = 1_000
START = bytes(32)
# How many ids back a usual run looks for entries that were committed late; once a day a run looks at all of them.
LOOK_BACK = 10_000
# From this age on an entry without a seal is not late but wrong.
SEALED_WITHIN = timedelta(hours=25)


class Head(NamedTuple):
    """The end of the chain at some moment; written `position:digest`."""

    position: int
    digest: str

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The head in a written form. Raises `ValueError`."""
        position, _, digest = text.partition(":")
        if len(bytes.fromhex(digest)) != len(START):
            msg = "a digest has 64 hexadecimal digits"
            raise ValueError(msg)
        return cls(position=int(position), digest=digest.lower())


def digest_of(entry: JournalEntry, *, position: int, sealed_at: datetime, previous: bytes) -> bytes:
    """SHA-256 over the previous digest and everything that the entry says, with its place and time in the chain."""
    body = {
        "position": position,
        "sealed": _instant(sealed_at),
        "id": entry.pk,
        "academy": None if entry.academy_id is None else str(entry.academy_id),
        "actor": None if entry.actor_id is None else str(entry.actor_id),
        "kind": entry.kind,
        "version": entry.version,
        "subject": entry.subject_id,
        "payload": entry.payload,
        "request": entry.request_id,
        "at": _instant(entry.occurred_at),
    }
    # Left out where empty: so are the digests of entries that were sealed before these columns came.
    body |= {name: value for name in ("severity", "place", "device") if (value := getattr(entry, name))}
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(previous + canonical.encode()).digest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def head() -> Head | None:
    """The end of the chain; None while nothing is sealed."""
    last = Seal.objects.order_by("-position").first()
    return None if last is None else Head(last.position, bytes(last.digest).hex())


def seal_entries(*, now: datetime, batch: int = BATCH) -> int:
    """Seal what is not sealed yet and log the new head. Returns how many.

    Only one process seals at a time; another that tries meanwhile does nothing.
    """
    sealed = 0
    while count := _seal_batch(now=now, batch=batch):
        sealed += count
        if count < batch:
            break
    if sealed:
        log.info("journal.sealed", entries=sealed, head=str(head()))
    return sealed


@transaction.atomic
def _seal_batch(*, now: datetime, batch: int) -> int:
    if not _is_ours():
        return 0
    last = Seal.objects.order_by("-position").first()
    unsealed = JournalEntry.objects.unsealed()
    if last is not None and last.sealed_at.date() == now.date():
        newest = Seal.objects.aggregate(newest=Max("entry_id"))["newest"]
        unsealed = unsealed.filter(pk__gt=newest - LOOK_BACK)
    position, previous = (0, START) if last is None else (last.position, bytes(last.digest))
    seals = []
    for entry in unsealed.order_by("pk")[:batch]:
        position += 1
        previous = digest_of(entry, position=position, sealed_at=now, previous=previous)
        seals.append(Seal(position=position, entry=entry, digest=previous, sealed_at=now))
    Seal.objects.bulk_create(seals)
    return len(seals)


def _is_ours() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])
