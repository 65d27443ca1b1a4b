"""Entries are appended, one for each event and rule; totals are a cache of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from academies.models import Academy
from academies.tenancy.querysets import TenantQuerySet
from gamification.xp.querysets import XPEntryQuerySet


class XPEntry(models.Model):
    """Points that one journal entry earned its learner under one rule; made again from the journal.

    `worth` is what the rule gives, `amount` what its cap left of it. Entries share a cap in the order of the journal,
    whatever the order in which they came here: one that comes late takes its share from those that stand behind it.
    """

    id = models.BigAutoField(primary_key=True)
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    # The journal entry, by its number: it is never deleted.
    entry_id = models.BigIntegerField()
    rule = models.CharField(max_length=40)
    # The exam or item, for rules that give once for each.
    about = models.CharField(max_length=36, blank=True)
    worth = models.PositiveIntegerField(default=0)
    amount = models.PositiveIntegerField()
    # On the learner's calendar: caps are by this day.
    local_date = models.DateField()
    # The Monday of its week, by UTC: weekly boards and leagues count the same week for everybody.
    week_date = models.DateField()
    earned_at = models.DateTimeField()

    objects = XPEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "XP entry"
        verbose_name_plural = "XP entries"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry_id", "rule", "learner"], name="xp_once_per_event_and_rule"),
            models.CheckConstraint(condition=models.Q(worth__gt=0, amount__lte=models.F("worth")), name="xp_amount"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["academy", "learner", "-id"], name="xp_newest"),
            models.Index(fields=["learner", "academy", "local_date", "rule"], name="xp_day"),
            models.Index(fields=["academy", "week_date", "learner"], include=["amount"], name="xp_week"),
            models.Index(
                fields=["learner", "academy", "rule", "about"], condition=~models.Q(about=""), name="xp_about"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.amount} for {self.rule}"


class XPTotal(models.Model):
    """All the points of a learner in an academy: the sum of the entries, kept with each of them."""

    pk = models.CompositePrimaryKey("academy_id", "learner_id")
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    total = models.PositiveBigIntegerField(default=0)
    # When the total was reached: who came first stands first among equals in a list, with the same rank.
    reached_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "XP total"
        indexes: ClassVar = [models.Index(fields=["academy", "-total"], name="xp_total_order")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.total}"
