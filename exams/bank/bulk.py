"""Many items at once, for packs and imports: a constant number of statements for each batch, however many items change.

`tally_items` only looks; `apply_items` writes, in the caller's transaction. Both take the items one by one, so that a
file of any length passes through in little memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from accounts.models import User
from config.kernel.ids import new_id
from exams.bank.content import AuthoredItem
from exams.bank.models import Item, ItemBank, ItemVersion
from exams.bank.references import References
from exams.bank.rows import Wording

BATCH = 500
State = ItemVersion.State
# A version in one of these states is on its way to live, and a load that makes items live takes it there.
_WAITING = frozenset({State.DRAFT, State.IN_REVIEW, State.APPROVED})


@dataclass(kw_only=True)
class Tally:
    """How many items a load makes, changes (their content, their place or their state) and leaves as they are."""

    new: int = 0
    changed: int = 0
    same: int = 0

    @property
    def total(self) -> int:
        """All items."""
        return self.new + self.changed + self.same


@dataclass(frozen=True, kw_only=True)
class _Standing:
    """What the bank holds under a code."""

    id: UUID
    domain_id: UUID
    skill_id: UUID | None
    tags: list[str]
    number: int
    digest: str
    newest_id: UUID
    state: str
    live_id: UUID | None
    live_digest: str | None


def tally_items(*, bank: ItemBank, items: Iterable[AuthoredItem], references: References, state: str) -> Tally:
    """What `apply_items` would do. References must have been checked."""
    tally = Tally()
    for batch in _batches(items):
        _Batch(bank=bank, items=batch, references=references, state=state, tally=tally, lock=False)
    return tally


def apply_items(
    *,
    bank: ItemBank,
    items: Iterable[AuthoredItem],
    references: References,
    state: str,
    actor: User | None,
    now: datetime,
) -> Tally:
    """Write new items, and new versions of changed ones, as drafts or live. Must run in a transaction.

    A live version that is replaced is retired. What is quarantined, retired or rejected stays so while its content is
    the same. The bank is locked: two loads of it take turns.
    """
    if not connection.in_atomic_block:
        msg = "items are applied in one transaction, all or none"
        raise transaction.TransactionManagementError(msg)
    ItemBank.objects.locked().get(pk=bank.pk)
    tally = Tally()
    for batch in _batches(items):
        _Batch(bank=bank, items=batch, references=references, state=state, tally=tally, lock=True).write(
            actor=actor, now=now
        )
    return tally


class _Batch:
    """Some items beside what the bank holds of them, sorted by what is to be done."""

    def __init__(
        self,
        *,
        bank: ItemBank,
        items: Sequence[AuthoredItem],
        references: References,
        state: str,
        tally: Tally,
        lock: bool,
    ) -> None:
        self.bank = bank
        self.state = state
        standing = _standing(bank, [item.code for item in items], lock=lock)
        self.new: list[Wording] = []
        self.reworded: list[tuple[Wording, _Standing]] = []
        self.moved: list[tuple[Wording, _Standing]] = []
        self.promoted: list[_Standing] = []
        for item in items:
            wording = Wording.of(item, references)
            before = standing.get(item.code)
            if before is None:
                self.new.append(wording)
                tally.new += 1
            elif self._sort(wording, before):
                tally.changed += 1
            else:
                tally.same += 1

    def _sort(self, wording: Wording, before: _Standing) -> bool:
        changes = False
        if wording.digest not in (before.digest, before.live_digest):
            self.reworded.append((wording, before))
            changes = True
        elif self._is_waiting(wording, before):
            self.promoted.append(before)
            changes = True
        place = (wording.domain_id, wording.skill_id, wording.item.tags)
        if place != (before.domain_id, before.skill_id, before.tags):
            self.moved.append((wording, before))
            changes = True
        return changes

    def _is_waiting(self, wording: Wording, before: _Standing) -> bool:
        return (
            self.state == State.LIVE
            and wording.digest == before.digest
            and wording.digest != before.live_digest
            and before.state in _WAITING
        )

    def write(self, *, actor: User | None, now: datetime) -> None:
        """Everything that is to be done. The order keeps to the rule of one live version for each item."""
        is_live = self.state == State.LIVE
        touched = [*(before for _, before in self.reworded), *self.promoted] if is_live else []
        if retired := [before.live_id for before in touched if before.live_id is not None]:
            ItemVersion.objects.filter(pk__in=retired).update(state=State.RETIRED)
        if self.promoted:
            newest = [before.newest_id for before in self.promoted]
            ItemVersion.objects.filter(pk__in=newest).update(state=State.LIVE)
        versions = self._versions(actor=actor, now=now)
        if self.new:
            Item.objects.bulk_create(self._new_items(versions, now=now))
        if versions:
            ItemVersion.objects.bulk_create(versions)
        if touched:
            live = ItemVersion.objects.filter(item=OuterRef("pk"), state=State.LIVE).values("pk")
            Item.objects.filter(pk__in=[before.id for before in touched]).update(live_version=Subquery(live))
        if self.moved:
            rows = [
                Item(pk=before.id, domain_id=word.domain_id, skill_id=word.skill_id, tags=word.item.tags)
                for word, before in self.moved
            ]
            Item.objects.bulk_update(rows, ["domain", "skill", "tags"])

    def _versions(self, *, actor: User | None, now: datetime) -> list[ItemVersion]:
        """Versions of the new items first, in their order, then those of the reworded."""
        places = [(wording, new_id(), 1) for wording in self.new]
        places += [(wording, before.id, before.number + 1) for wording, before in self.reworded]
        return [
            wording.version(
                academy=self.bank.academy_id, item=item, number=number, state=self.state, actor=actor, now=now
            )
            for wording, item, number in places
        ]

    def _new_items(self, versions: Sequence[ItemVersion], *, now: datetime) -> list[Item]:
        # Foreign keys are checked at the end of the transaction, so an item may name its version before that exists.
        return [
            Item(
                pk=version.item_id,
                academy_id=self.bank.academy_id,
                bank=self.bank,
                code=wording.item.code,
                domain_id=wording.domain_id,
                skill_id=wording.skill_id,
                tags=wording.item.tags,
                live_version_id=version.pk if self.state == State.LIVE else None,
                created_at=now,
            )
            for wording, version in zip(self.new, versions, strict=False)
        ]


def _standing(bank: ItemBank, codes: Sequence[str], *, lock: bool) -> dict[str, _Standing]:
    rows = Item.objects.filter(bank=bank, code__in=codes).order_by("pk")
    if lock:
        rows = rows.locked()
    found = {row.pk: row for row in rows.only("code", "domain_id", "skill_id", "tags")}
    newest: dict[UUID, tuple[UUID, int, str, str]] = {}
    live: dict[UUID, tuple[UUID, str]] = {}
    versions = ItemVersion.objects.filter(item__in=list(found)).order_by("item_id", "-number")
    for item, version, number, digest, state in versions.values_list("item_id", "id", "number", "digest", "state"):
        newest.setdefault(item, (version, number, digest, state))
        if state == State.LIVE:
            live[item] = (version, digest)
    standing = {}
    for key, row in found.items():
        version, number, digest, state = newest.get(key, (key, 0, "", ""))
        live_id, live_digest = live.get(key, (None, None))
        standing[row.code] = _Standing(
            id=key,
            domain_id=row.domain_id,
            skill_id=row.skill_id,
            tags=row.tags,
            number=number,
            digest=digest,
            newest_id=version,
            state=state,
            live_id=live_id,
            live_digest=live_digest,
        )
    return standing


def _batches(items: Iterable[AuthoredItem]) -> Iterator[list[AuthoredItem]]:
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch
