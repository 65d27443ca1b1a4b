"""Reads of impersonations."""

from datetime import datetime
from typing import Any, Self

from django.db.models import Q, QuerySet


class ImpersonationQuerySet(QuerySet[Any]):
    """Times that staff see, or saw, as somebody else."""

    def running(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(ended_at=None)

    def overdue(self, *, now: datetime) -> Self:
        """Those that have to be ended: their time is over, or their session is."""
        return self.running().filter(Q(expires_at__lte=now) | Q(session=None))
