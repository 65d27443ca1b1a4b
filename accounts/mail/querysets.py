"""Reads of letters."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models

# What was sent is kept for support to look up whether it was, and no longer.
KEPT = timedelta(days=30)


class OutgoingMailQuerySet(models.QuerySet[Any]):
    """Letters."""

    def due(self, *, now: datetime) -> "OutgoingMailQuerySet":
        """Those to be tried now, the longest waiting first."""
        return self.filter(state="waiting", due_at__lte=now).order_by("due_at", "id")

    def old(self, *, now: datetime) -> "OutgoingMailQuerySet":
        """Those that nobody asks about any more."""
        return self.exclude(state="waiting").filter(created_at__lt=now - KEPT)

    def requeue(self, *, now: datetime) -> int:
        """Give those that were given up another full set of tries."""
        return self.filter(state="given_up").update(state="waiting", tries=0, due_at=now)
