"""Review cards, what was graded, and on what terms each learner repeats."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from academies.tenancy.models import TenantModel
from academies.tenancy.querysets import TenantQuerySet
from exams.bank.models import Item, ItemVersion
from exams.marking.fields import TransactionIdField
from exams.practice.repetition.querysets import ReviewCardQuerySet, ReviewLogQuerySet

# An answer that waits longer than this for its grade says nothing about memory any more: it is asked again.
ANSWER_LASTS = timedelta(hours=1)


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

    # What a grade changes, and undoing it puts back.
    MEMORY: ClassVar[tuple[str, ...]] = (
        "state",
        "step",
        "stability",
        "difficulty",
        "due_at",
        "last_reviewed_at",
        "reviewed_on",
        "reviews",
        "lapses",
        "given",
    )

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=12, choices=Reason)
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    step = models.PositiveSmallIntegerField(null=True)
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    # For a card in review the midnight that begins its day, on the learner's calendar.
    due_at = models.DateTimeField()
    last_reviewed_at = models.DateTimeField(null=True)
    # The day of the last review on the learner's calendar: memory is counted in days, not in hours.
    reviewed_on = models.DateField(null=True)
    reviews = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    # The number of the last grade, with those that were undone.
    graded = models.PositiveIntegerField(default=0)
    # The answer that waits for its grade: `version`, `answer`, `fraction`, `seconds`, `at`.
    given = models.JSONField(null=True)
    # The learner wants to see it no more; it stays, with its history.
    suspended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReviewCardQuerySet.as_manager()

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
            models.Index(fields=["academy", "learner", "-created_at", "-id"], name="review_card_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.item}"

    def snapshot(self) -> dict[str, Any]:
        """What a grade changes, for JSON."""
        values = {name: getattr(self, name) for name in self.MEMORY}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Be what the snapshot says, to the last bit."""
        for name, value in snapshot.items():
            field: models.Field[Any, Any] = self._meta.get_field(name)  # type: ignore[assignment]  # a column
            setattr(self, name, field.to_python(value))
        self.save(update_fields=self.MEMORY)

    def answer_that_waits(self, *, now: datetime) -> dict[str, Any] | None:
        """What was answered and not graded yet; None when nothing was, or too long ago."""
        given: dict[str, Any] | None = self.given
        if given is None or now - datetime.fromisoformat(given["at"]) > ANSWER_LASTS:
            return None
        return given


class ReviewLog(TenantModel):
    """One grade. Never changed; one that was undone says so and counts no more."""

    class Rating(models.TextChoices):
        AGAIN = "again", "Again"
        HARD = "hard", "Hard"
        GOOD = "good", "Good"
        EASY = "easy", "Easy"

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    card = models.ForeignKey(ReviewCard, on_delete=models.CASCADE, related_name="logs", db_index=False)
    number = models.PositiveIntegerField()
    rating = models.CharField(max_length=5, choices=Rating)
    item_version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    fraction = models.DecimalField(max_digits=5, decimal_places=4)
    seconds = models.PositiveIntegerField(default=0)
    state_before = models.CharField(max_length=12, choices=ReviewCard.State)
    # The chance of recalling it that was predicted for this moment; null for the first time.
    retrievability = models.FloatField(null=True)
    # The card as it was, `ReviewCard.MEMORY`.
    before = models.JSONField()
    reviewed_at = models.DateTimeField()
    local_date = models.DateField()
    # When it was told of, as part of a run (`runs`).
    counted_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = ReviewLogQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["reviewed_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["card", "number"], name="review_log_number")]
        indexes: ClassVar = [
            models.Index(fields=["academy", "learner", "reviewed_at"], name="review_log_learner"),
            models.Index(
                fields=["academy", "learner"],
                condition=models.Q(counted_at=None, undone_at=None),
                name="review_log_not_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card} #{self.number}: {self.rating}"


class ReviewSettings(TenantModel):
    """On what terms a learner repeats. Who has changed nothing has no row."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    daily_limit = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    new_per_day = models.PositiveSmallIntegerField(
        default=15, validators=[MinValueValidator(0), MaxValueValidator(500)]
    )
    # Null: the date that the profile has, if it has one.
    target_date = models.DateField(null=True, blank=True)
    desired_retention = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal("0.90"))

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "review settings"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "learner"], name="review_settings_once"),
            models.CheckConstraint(
                condition=models.Q(desired_retention__gte=Decimal("0.8"), desired_retention__lte=Decimal("0.97")),
                name="review_settings_retention",
            ),
        ]

    def __str__(self) -> str:
        return str(self.learner)


class ReviewParameters(TenantModel):
    """What was fitted to a learner's reviews. The newest that is used counts; without one, those of everybody.

    Both losses are measured on the newest reviews, which the fit has not seen.
    """

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    parameters = ArrayField(models.FloatField())
    reviews = models.PositiveIntegerField()
    log_loss_before = models.FloatField()
    log_loss_after = models.FloatField()
    is_used = models.BooleanField()
    made_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "review parameters"
        ordering: ClassVar = ["-made_at"]
        indexes: ClassVar = [models.Index(fields=["academy", "learner", "-made_at"], name="review_parameters_newest")]

    def __str__(self) -> str:
        return f"{self.learner}, {self.made_at:%Y-%m-%d}"


class CardWatermark(models.Model):
    """How far marked answers have been read for cards: every transaction before this one. A single row."""

    read_to = TransactionIdField()

    def __str__(self) -> str:
        return str(self.read_to)
