"""Bookmarks and notes: each learner's own, seen by nobody else."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from academies.tenancy.models import TenantModel
from exams.bank.models import Item
from exams.practice.saved.querysets import BookmarkQuerySet, NoteQuerySet


class Bookmark(TenantModel):
    """A question that a learner wants to find again. What they noted about it is their `Note`."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", db_index=False)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "learner", "item"], name="bookmark_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["academy", "learner", "-created_at", "-id"], name="bookmark_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.item}"


class Note(TenantModel):
    """What a learner wrote down about a question."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(max_length=5000)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-changed_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "learner", "item"], name="note_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["academy", "learner", "-changed_at", "-id"], name="note_newest")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.item}"
