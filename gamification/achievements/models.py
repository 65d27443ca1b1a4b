"""What journal entries add to counters, and what was reached with them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from academies.models import Academy
from academies.tenancy.querysets import TenantQuerySet


class Deed(models.Model):
    """What one journal entry adds to one metric: counted once, however often it is delivered."""

    id = models.BigAutoField(primary_key=True)
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    entry_id = models.BigIntegerField()
    metric = models.CharField(max_length=24)
    amount = models.PositiveIntegerField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry_id", "metric"], name="deed_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["learner", "academy", "metric"], include=["amount"], name="deed_metric"),
        ]

    def __str__(self) -> str:
        return f"{self.metric}: {self.amount}"


class Award(models.Model):
    """A learner reached an achievement. It is never taken back."""

    id = models.BigAutoField(primary_key=True)
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Of the catalogue.
    code = models.CharField(max_length=40)
    awarded_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-awarded_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "learner", "code"], name="award_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["learner", "academy", "-awarded_at"], name="award_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.code}"
