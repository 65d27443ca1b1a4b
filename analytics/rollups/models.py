"""Rollup tables. Nothing but `analytics.rollups` writes them, and everything in them can be counted again."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from academies.models import Academy
from academies.tenancy.querysets import TenantQuerySet
from exams.models import Domain, ItemBank, MarkedAnswer


class LearnerDay(models.Model):
    """What one learner answered on one of their days in one domain, by where they answered it.

    Counts answers that count (`MarkedAnswer.is_counted`). `credit` is the sum of their fractions, to four decimals.
    """

    pk = models.CompositePrimaryKey("learner_id", "academy_id", "local_date", "domain_id", "source")
    academy = models.ForeignKey(
        Academy, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    local_date = models.DateField()
    bank = models.ForeignKey(
        ItemBank, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    domain = models.ForeignKey(
        Domain, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    source = models.CharField(max_length=8, choices=MarkedAnswer.Source)
    answers = models.PositiveIntegerField()
    right = models.PositiveIntegerField()
    guesses = models.PositiveIntegerField()
    credit = models.DecimalField(max_digits=12, decimal_places=4)
    seconds = models.PositiveBigIntegerField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["academy", "local_date", "domain"], name="learner_day_academy"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.local_date}: {self.answers}"
