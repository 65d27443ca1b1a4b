"""What the platform's security contacts were told of."""

from typing import ClassVar

from django.db import models


class Alert(models.Model):
    """One alert by one rule. The row is what keeps the same thing from being told twice."""

    class Rule(models.TextChoices):
        LOCKOUT_STORM = "lockout_storm", "Many lockouts at once"
        STAFF_NEW_PLACE = "staff_new_place", "Staff sign-in from a new network"
        STAFF_NEW_FACTOR = "staff_new_factor", "New second factor of staff"
        JOURNAL_BROKEN = "journal_broken", "The journal's chain is broken"

    id = models.BigAutoField(primary_key=True)
    rule = models.CharField(max_length=32, choices=Rule)
    # What it is about: a journal entry's id, or the day of a check.
    key = models.CharField(max_length=64)
    raised_at = models.DateTimeField()
    # A storm goes on as long as its next lockout is near to the last.
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule", "key"], name="alert_once")]
        indexes: ClassVar = [models.Index(fields=["rule", "-last_seen_at"], name="alert_latest")]

    def __str__(self) -> str:
        return self.get_rule_display()
