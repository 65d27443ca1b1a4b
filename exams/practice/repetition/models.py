"""Review cards: one for each learner and question worth repeating."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from academies.tenancy.models import TenantModel
from academies.tenancy.querysets import TenantQuerySet
from exams.bank.models import Item


class ReviewCard(TenantModel):
    """A question that a learner repeats, and how well they remember it.

    `stability` is in days, `difficulty` from 1 to 10, both as FSRS has them.
    """

    class State(models.TextChoices):
        NEW = "new", "New"
        LEARNING = "learning", "Learning"
        REVIEW = "review", "Review"
        RELEARNING = "relearning", "Relearning"

    class Reason(models.TextChoices):
        MISSED = "missed", "Missed"
        GUESSED = "guessed", "Guessed"
        BOOKMARKED = "bookmarked", "Bookmarked"

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=12, choices=Reason)
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    step = models.PositiveSmallIntegerField(null=True)
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    due_at = models.DateTimeField()
    last_reviewed_at = models.DateTimeField(null=True)
    reviews = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    # The learner wants to see it no more; it stays, with its history.
    suspended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "learner", "item"], name="review_card_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["academy", "learner", "due_at"],
                condition=models.Q(suspended_at=None),
                name="review_card_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.item}"
