"""What happens to the bank."""

from dataclasses import dataclass
from uuid import UUID

from accounts.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ItemVersionMoved(Event):
    """A version took another state; `before` is empty for a version that has just been written."""

    kind = "exams.item_version_moved"

    item_version_id: UUID
    item_id: UUID
    bank_id: UUID
    code: str
    number: int
    before: str
    after: str

    @property
    def subject_id(self) -> str:
        """The item."""
        return str(self.item_id)

    def sentence(self) -> str:
        """For the journal page."""
        if not self.before:
            return f"Wrote version {self.number} of item {self.code}"
        return f"Moved version {self.number} of item {self.code} from {self.before} to {self.after}"


@dataclass(frozen=True, kw_only=True)
class ItemsImported(Event):
    """A file or a pack was applied to a bank: all of it, in one transaction."""

    kind = "exams.items_imported"

    bank_id: UUID
    source: str
    state: str
    new: int
    changed: int
    same: int

    @property
    def subject_id(self) -> str:
        """The bank."""
        return str(self.bank_id)

    def sentence(self) -> str:
        """For the journal page."""
        return f"Imported {self.source}: {self.new} new, {self.changed} changed, {self.same} the same"


@dataclass(frozen=True, kw_only=True)
class PackLoaded(Event):
    """A content pack was loaded into its shared bank."""

    kind = "exams.pack_loaded"

    bank_id: UUID
    pack: str
    new: int
    changed: int
    same: int

    @property
    def subject_id(self) -> str:
        """The bank."""
        return str(self.bank_id)

    def sentence(self) -> str:
        """For the journal page."""
        return f"Loaded the pack {self.pack}: {self.new} new, {self.changed} changed, {self.same} the same"
