"""Scores, and the runs that changed them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from academies.tenancy.models import TenantModel
from academies.tenancy.querysets import TenantQuerySet
from exams.bank.models import Item
from exams.delivery.models import Attempt, Delivery
from exams.formats.models import Form, ScoreConversion


class Score(TenantModel):
    """What an attempt was found to be worth. A regrade appends the next number; the current one counts.

    `fractions` holds one number in 0–1 per slot, in slot order; -1 stands for a slot that was excluded.
    `domains` maps a domain's id to `[raw, raw_max, items]`.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="scores")
    number = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    fractions = ArrayField(models.FloatField())
    answered = models.PositiveSmallIntegerField()
    raw = models.DecimalField(max_digits=9, decimal_places=4)
    raw_max = models.DecimalField(max_digits=9, decimal_places=4)
    scaled = models.DecimalField(max_digits=7, decimal_places=2)
    passed = models.BooleanField(null=True)
    domains = models.JSONField(default=dict)
    conversion = models.ForeignKey(ScoreConversion, on_delete=models.PROTECT, related_name="+", db_index=False)
    regrade = models.ForeignKey("RegradeRun", null=True, blank=True, on_delete=models.PROTECT, related_name="scores")
    marked_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["attempt", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "number"], name="score_number"),
            models.UniqueConstraint(fields=["attempt"], condition=models.Q(is_current=True), name="score_one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.scaled.normalize():f}"


class RegradeRun(TenantModel):
    """One regrade that was carried out: what it covered, under which policy, and how many scores it changed."""

    class Policy(models.TextChoices):
        NEVER_LOWER = "never_lower", "Never lower a score"
        REPLACE = "replace", "Take the new score"

    class Treatment(models.TextChoices):
        RESCORE = "rescore", "Score again with the newest key"
        FULL_MARKS = "full_marks", "Full marks for everyone"
        EXCLUDE = "exclude", "Leave the item out"

    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="regrades")
    attempt = models.ForeignKey(Attempt, null=True, blank=True, on_delete=models.PROTECT, related_name="regrades")
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="regrades")
    policy = models.CharField(max_length=12, choices=Policy, default=Policy.NEVER_LOWER)
    treatment = models.CharField(max_length=12, choices=Treatment, default=Treatment.RESCORE)
    attempts = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"regrade of {self.created_at:%Y-%m-%d %H:%M}"


class SlotTreatment(TenantModel):
    """How one academy's attempts at a form count one slot from now on, when that is not what the form pinned."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="treatments")
    slot = models.PositiveSmallIntegerField()
    treatment = models.CharField(max_length=12, choices=RegradeRun.Treatment)
    # Whose key counts when the slot is scored again.
    item_version = models.ForeignKey("ItemVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    regrade = models.ForeignKey(RegradeRun, on_delete=models.PROTECT, related_name="treatments")

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "form", "slot"], name="slot_treatment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.form} #{self.slot}: {self.get_treatment_display()}"
