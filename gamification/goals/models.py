"""What learners want to do, when they did it, and when they want to be reminded."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from academies.models import Academy
from academies.tenancy.querysets import TenantQuerySet


class Period(models.TextChoices):
    """How often a goal begins anew."""

    DAY = "day", "Day"
    WEEK = "week", "Week"


class GoalKind(models.TextChoices):
    """What is counted."""

    ANSWERS = "answers", "Answers"
    RIGHT = "right", "Right answers"
    MINUTES = "minutes", "Minutes"
    XP = "xp", "XP"
    REVIEWS = "reviews", "Cards reviewed"


class Goal(models.Model):
    """So much of a kind in each day or week."""

    id = models.BigAutoField(primary_key=True)
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=4, choices=Period)
    kind = models.CharField(max_length=8, choices=GoalKind)
    target = models.PositiveIntegerField()
    # The learner's date on which it was set: what was done on earlier days does not reach it.
    from_date = models.DateField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["period", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "learner", "period", "kind"], name="goal_once"),
            models.CheckConstraint(condition=Q(target__gt=0), name="goal_target"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.kind} in a {self.period}"


class GoalDone(models.Model):
    """A goal as it was when it was reached, in the period that begins on `start_date`."""

    id = models.BigAutoField(primary_key=True)
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.CharField(max_length=4, choices=Period)
    kind = models.CharField(max_length=8, choices=GoalKind)
    start_date = models.DateField()
    target = models.PositiveIntegerField()
    reached_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "goal reached"
        verbose_name_plural = "goals reached"
        ordering: ClassVar = ["-reached_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["academy", "learner", "period", "kind", "start_date"], name="goal_done_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["learner", "academy", "-reached_at"], name="goal_done_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.kind} in the {self.period} of {self.start_date}"


class Reminder(models.Model):
    """A letter at an hour of the learner's own clock, on days on which their goal is not reached."""

    pk = models.CompositePrimaryKey("academy_id", "learner_id")
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField(default=True)
    hour = models.PositiveSmallIntegerField(validators=[MaxValueValidator(23)])
    # When it is to be looked at next; and the last local date with a letter.
    due_at = models.DateTimeField()
    last_date = models.DateField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(hour__lte=23), name="reminder_hour"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(is_on=True), name="reminder_due"),
        ]

    def __str__(self) -> str:
        return f"{self.hour}:00"
