"""Proves the journal's chain, or names the first entry where it breaks."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Max

from accounts.journal.models import JournalEntry, Seal
from accounts.journal.seals import SEALED_WITHIN, START, Head, digest_of

BATCH = 2_000


class Flaw(StrEnum):
    """What is wrong with an entry."""

    CHANGED = "changed"
    MOVED = "moved"
    MISSING = "missing"
    UNSEALED = "unsealed"
    CUT_OFF = "cut off"


@dataclass(frozen=True, kw_only=True)
class Break:
    """The first place where the chain does not hold."""

    flaw: Flaw
    position: int
    entry_id: int | None
    says: str


@dataclass(frozen=True, kw_only=True)
class Proof:
    """How far the chain was proven, and where it breaks, if it does."""

    entries: int
    head: Head | None
    first_break: Break | None

    @property
    def is_intact(self) -> bool:
        """Whether everything that was sealed is as it was."""
        return self.first_break is None


def prove_journal(*, expected: Head | None = None, batch: int = BATCH) -> Proof:
    """Walk the chain from its start, in batches, with constant memory. `expected` is a head that was kept elsewhere."""
    position, previous = 0, START
    for seals in _batches(batch):
        for seal in seals:
            flaw = _flaw_of(seal, seals, position=position + 1, previous=previous)
            flaw = flaw or _unexpected(seal, expected)
            if flaw is not None:
                return Proof(entries=position, head=_head(position, previous), first_break=flaw)
            position, previous = seal.position, bytes(seal.digest)
    return Proof(
        entries=position,
        head=_head(position, previous),
        first_break=_cut_off(position, expected) or _unsealed(position),
    )


def _batches(size: int) -> Iterator[list[Seal]]:
    after = 0
    while seals := list(Seal.objects.filter(position__gt=after).select_related("entry").order_by("position")[:size]):
        yield seals
        after = seals[-1].position


def _head(position: int, digest: bytes) -> Head | None:
    return Head(position, digest.hex()) if position else None


def _flaw_of(seal: Seal, around: list[Seal], *, position: int, previous: bytes) -> Break | None:
    if seal.position != position:
        return Break(
            flaw=Flaw.MISSING,
            position=position,
            entry_id=None,
            says=f"The entry at position {position} is missing; the next one there is entry {seal.entry_id}.",
        )
    sealed = bytes(seal.digest)
    if _digest_with(seal.entry, seal, previous) == sealed:
        return None
    for other in around:
        if _digest_with(other.entry, seal, previous) == sealed:
            return Break(
                flaw=Flaw.MOVED,
                position=position,
                entry_id=seal.entry_id,
                says=f"Entry {seal.entry_id} stands at position {position}, where entry {other.entry_id} was sealed.",
            )
    return Break(
        flaw=Flaw.CHANGED,
        position=position,
        entry_id=seal.entry_id,
        says=f"Entry {seal.entry_id} at position {position} is not as it was sealed.",
    )


def _digest_with(entry: JournalEntry, seal: Seal, previous: bytes) -> bytes:
    return digest_of(entry, position=seal.position, sealed_at=seal.sealed_at, previous=previous)


def _unexpected(seal: Seal, expected: Head | None) -> Break | None:
    if expected is None or seal.position != expected.position or bytes(seal.digest).hex() == expected.digest:
        return None
    return Break(
        flaw=Flaw.CHANGED,
        position=seal.position,
        entry_id=seal.entry_id,
        says=f"The chain up to position {seal.position} is not the one whose head was kept.",
    )


def _cut_off(position: int, expected: Head | None) -> Break | None:
    if expected is None or position >= expected.position:
        return None
    return Break(
        flaw=Flaw.CUT_OFF,
        position=position + 1,
        entry_id=None,
        says=f"The chain ends at position {position}, but it once reached {expected.position}.",
    )


def _unsealed(position: int) -> Break | None:
    """The first entry that should have had a seal long ago: its seal was taken away, or it was slipped in."""
    newest = Seal.objects.aggregate(entry=Max("entry_id"), at=Max("sealed_at"))
    if newest["at"] is None:
        return None
    entry = (
        JournalEntry.objects.unsealed()
        .filter(pk__lt=newest["entry"], occurred_at__lt=newest["at"] - SEALED_WITHIN)
        .order_by("pk")
        .first()
    )
    if entry is None:
        return None
    return Break(
        flaw=Flaw.UNSEALED,
        position=position + 1,
        entry_id=entry.pk,
        says=f"Entry {entry.pk} has no seal, though later entries have.",
    )
