"""What browsers refused to load or run, by day."""

from typing import ClassVar

from django.db import models

from accounts.violations.reports import MAX_LENGTH


class PolicyViolation(models.Model):
    """One kind of violation on one day, and how often it was reported."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    directive = models.CharField(max_length=40)
    # An origin, or a word: inline, eval, data.
    blocked = models.CharField(max_length=MAX_LENGTH)
    # Of the page, with a * for whatever is no name.
    path = models.CharField(max_length=MAX_LENGTH)
    count = models.BigIntegerField()
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "directive", "blocked", "path"], name="policy_violation_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.directive} {self.blocked} on {self.path}"
