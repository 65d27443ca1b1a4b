"""Leagues of one week, and who is in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from academies.tenancy.models import TenantModel
from academies.tenancy.querysets import TenantQuerySet


class Tier(models.IntegerChoices):
    """From where everybody begins to the top."""

    BRONZE = 1, "Bronze"
    SILVER = 2, "Silver"
    GOLD = 3, "Gold"
    SAPPHIRE = 4, "Sapphire"
    DIAMOND = 5, "Diamond"


class League(TenantModel):
    """About thirty learners of one academy and tier in one week."""

    week_date = models.DateField()
    tier = models.PositiveSmallIntegerField(choices=Tier)
    number = models.PositiveIntegerField()
    # Kept with each who joins, so that the next knows whether there is room.
    size = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-week_date", "tier", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "week_date", "tier", "number"], name="league_number"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["week_date"], condition=models.Q(closed_at=None), name="league_open"),
        ]

    def __str__(self) -> str:
        return f"{self.get_tier_display()} {self.number}, {self.week_date}"


class LeagueMember(TenantModel):
    """A learner in a league. What they reached is written when it is closed, and never changes."""

    class Outcome(models.TextChoices):
        PROMOTED = "promoted", "Promoted"
        STAYED = "stayed", "Stayed"
        RELEGATED = "relegated", "Relegated"
        # Hidden, or no longer there, when it was closed.
        NOT_RANKED = "not_ranked", "Not ranked"

    league = models.ForeignKey(League, on_delete=models.PROTECT, related_name="members")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    week_date = models.DateField()
    joined_at = models.DateTimeField()
    points = models.PositiveIntegerField(null=True)
    rank = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    next_tier = models.PositiveSmallIntegerField(choices=Tier, null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-week_date"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "learner", "week_date"], name="league_member_once_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.learner} in {self.league}"
