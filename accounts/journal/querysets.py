"""Reads of the journal, and the refusal to write it other than by `record`."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from accounts.journal.models import Delivery, JournalEntry  # noqa: F401  # named in strings below


class AppendOnly(TypeError):
    """Somebody tried to change or delete what is kept as it was written."""


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    """Entries."""

    def for_academy(self, academy_id: UUID) -> Self:
        """What happened in one academy."""
        return self.filter(academy_id=academy_id)

    def about(self, subject_id: object) -> Self:
        """The history of one object."""
        return self.filter(subject_id=str(subject_id))

    def of_security(self) -> Self:
        """What who watches over security wants to know of."""
        return self.filter(severity__gt=0)

    def concerning(self, user_id: UUID) -> Self:
        """What a person did, or what was done to them."""
        return self.filter(models.Q(actor=user_id) | models.Q(subject_id=str(user_id)))

    def unsealed(self) -> Self:
        """Entries that have no place in the chain yet."""
        return self.filter(seal=None)

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly(", ".join(kwargs))

    def delete(self) -> NoReturn:
        """Refused."""
        raise AppendOnly


class OutgoingQuerySet(models.QuerySet["Delivery"]):
    """Deliveries."""

    def due(self, *, now: datetime) -> Self:
        """Those to be tried now, longest waiting first."""
        return self.filter(state="pending", due_at__lte=now).order_by("due_at", "id")

    def requeue(self, *, now: datetime) -> int:
        """Give what was given up another full set of tries. Returns how many."""
        return self.filter(state="dead").update(state="pending", tries=0, due_at=now)
