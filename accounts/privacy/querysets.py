"""Reads of legal texts, consents, exports and erasures."""

from datetime import datetime
from typing import Any

from django.db import models


class LegalDocumentQuerySet(models.QuerySet[Any]):
    """Legal texts."""

    def in_force(self, kind: str, locale: str) -> Any:
        """The newest published version in this language; in English where there is none; None without any."""
        published = self.filter(kind=kind, published_at__isnull=False)
        return (
            published.filter(locale=locale).order_by("-version").first()
            or published.filter(locale="en").order_by("-version").first()
        )


class ConsentQuerySet(models.QuerySet[Any]):
    """Consents, given and withdrawn."""

    def newest_of(self, user: Any) -> dict[str, Any]:
        """What counts now, by topic."""
        rows = self.filter(user=user).select_related("document").order_by("topic", "-id").distinct("topic")
        return {consent.topic: consent for consent in rows}


class WorkQuerySet(models.QuerySet[Any]):
    """Rows that stand for work: who takes one moves its `due_at`, so that it is due again when the worker dies."""

    def due(self, *, now: datetime) -> "WorkQuerySet":
        """What is to be done now, the longest waiting first."""
        return self.filter(state__in=self.model.OPEN, due_at__lte=now).order_by("due_at", "id")
