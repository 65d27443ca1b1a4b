"""What was answered on which day, and what became of the days."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models

from academies.models import Academy
from academies.tenancy.querysets import TenantQuerySet
from gamification.streaks.counting import DayState, Tally
from gamification.streaks.querysets import StreakDayQuerySet


class StreakShare(models.Model):
    """What one journal entry adds to one local date: counted once, however often it is delivered."""

    id = models.BigAutoField(primary_key=True)
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    entry_id = models.BigIntegerField()
    local_date = models.DateField()
    answers = models.PositiveIntegerField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry_id", "local_date"], name="streak_share_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["learner", "academy", "local_date"], include=["answers"], name="streak_share_day"),
        ]

    def __str__(self) -> str:
        return f"{self.local_date}: {self.answers}"


class StreakDay(models.Model):
    """A local date with answers, or one that was kept or lost without them."""

    pk = models.CompositePrimaryKey("academy_id", "learner_id", "local_date")
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    local_date = models.DateField()
    answers = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=DayState, default=DayState.OPEN)

    objects = StreakDayQuerySet.as_manager()

    class Meta:
        verbose_name = "day of a streak"
        verbose_name_plural = "days of streaks"

    def __str__(self) -> str:
        return f"{self.local_date}: {self.state}"


class Streak(models.Model):
    """A learner's streak as it stood at the end of `counted_to`; what came later is counted when it is read."""

    pk = models.CompositePrimaryKey("academy_id", "learner_id")
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    length = models.PositiveIntegerField(default=0)
    longest = models.PositiveIntegerField(default=0)
    freezes = models.PositiveSmallIntegerField(default=0)
    # Active days since the last one that was not, or since the last freeze was earned.
    in_a_row = models.PositiveSmallIntegerField(default=0)
    # The last day that ended a streak, and how long that was.
    lost_date = models.DateField(null=True)
    lost_length = models.PositiveIntegerField(default=0)
    counted_to = models.DateField()
    # Whether there is something that the end of a day can change.
    is_running = models.BooleanField(default=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["counted_to"], condition=models.Q(is_running=True), name="streak_to_close"),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.length}"

    @property
    def tally(self) -> Tally:
        """What the days up to `counted_to` came to."""
        return Tally(
            length=self.length,
            longest=self.longest,
            freezes=self.freezes,
            in_a_row=self.in_a_row,
            lost_date=self.lost_date,
            lost_length=self.lost_length,
        )

    def keep(self, tally: Tally, *, counted_to: date) -> None:
        """Take over what was counted; saved by whoever calls."""
        for name, value in vars(tally).items():
            setattr(self, name, value)
        self.counted_to = counted_to


class StreakRepair(models.Model):
    """A learner made good for one missed day; once in a calendar month."""

    id = models.BigAutoField(primary_key=True)
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    repaired_date = models.DateField()
    # The first day of the month in which it was done.
    month_date = models.DateField()
    repaired_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "learner", "month_date"], name="streak_repair_once_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.repaired_date}"
