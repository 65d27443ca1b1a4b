"""Entries, what is still to be delivered of them, and the seals that make a change show."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from accounts.journal.events import Severity
from accounts.journal.querysets import AppendOnly, JournalQuerySet, OutgoingQuerySet


class JournalEntry(models.Model):
    """One thing that happened, in the words of its event. Never updated, never deleted."""

    id = models.BigAutoField(primary_key=True)
    # Plain ids, not foreign keys: the journal outlives its subjects and stands below the apps that own them.
    academy_id = models.UUIDField(null=True, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField(default=1)
    subject_id = models.CharField(max_length=64, blank=True)
    payload = models.JSONField()
    request_id = models.CharField(max_length=64, blank=True)
    # Of security events alone: how much they matter, and as much of where they came from as may be kept.
    severity = models.PositiveSmallIntegerField(
        choices=[(each.value, each.name.capitalize()) for each in Severity], default=Severity.NONE
    )
    place = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=80, blank=True)
    occurred_at = models.DateTimeField()

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "journal entries"
        indexes: ClassVar = [
            models.Index(fields=["academy_id", "-id"], name="journal_academy"),
            models.Index(fields=["subject_id", "-id"], name="journal_subject"),
            models.Index(fields=["actor", "-id"], name="journal_actor"),
            models.Index(fields=["kind", "-id"], name="journal_kind"),
            BrinIndex(fields=["occurred_at"], name="journal_occurred"),
            # What the Security page reads, and what its charts count.
            models.Index(fields=["-id"], condition=models.Q(severity__gt=0), name="journal_security"),
            models.Index(
                fields=["kind", "occurred_at"],
                include=["place"],
                condition=models.Q(severity__gt=0),
                name="journal_watch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind.rpartition('.')[2].replace('_', ' ').capitalize()} (entry {self.pk})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the entry, once. Raises `AppendOnly` for one that was written before."""
        if not self._state.adding:
            raise AppendOnly(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly(str(self))


class Delivery(models.Model):
    """One entry on its way to one subscriber. The row is the promise; the task queue only hurries it along."""

    class State(models.TextChoices):
        PENDING = "pending", "Pending"
        DONE = "done", "Done"
        DEAD = "dead", "Given up"

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="deliveries")
    subscriber = models.CharField(max_length=150)
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = "outgoing event"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "subscriber"], name="delivery_once_per_subscriber"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=models.Q(state="pending"), name="delivery_due"),
        ]

    def __str__(self) -> str:
        return f"Entry {self.entry_id} to {self.subscriber}"


class Seal(models.Model):
    """The place of one entry in the hash chain. Positions have no gaps, so a missing one shows."""

    position = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="seal")
    digest = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"seal {self.position}"
