"""Events of these tests alone."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from accounts.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    """A lamp was lit. Version 1 counted candles of twelve and a half watts."""

    kind = "tests.lamp_lit"
    version = 2

    lamp_id: UUID
    watts: int

    @property
    def subject_id(self) -> str:
        """The lamp."""
        return str(self.lamp_id)

    @classmethod
    def upgrade(cls, payload: dict[str, Any], *, version: int) -> dict[str, Any]:
        """Candles into watts."""
        return {"lamp_id": payload["lamp_id"], "watts": int(payload["candles"] * 12.5)}


@dataclass(frozen=True, kw_only=True)
class EverythingHappened(Event):
    """Has a field of each type that events may have."""

    kind = "tests.everything_happened"

    thing_id: UUID
    at: datetime
    price: Decimal
    count: int
    share: float
    text: str
    is_true: bool
    maybe: str | None
    ids: list[UUID]
    times: list[datetime]
    texts: list[str]
