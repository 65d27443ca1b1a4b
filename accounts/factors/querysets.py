"""Reads of recovery codes."""

from typing import Any, Self

from django.db import models


class RecoveryCodeQuerySet(models.QuerySet[Any]):
    """Recovery codes."""

    def unused_of(self, user: Any) -> Self:
        """Those of a person that still work."""
        return self.filter(user=user, used_at=None)
