"""Cohorts and who is in them."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from academies.roster.querysets import CohortQuerySet
from academies.tenancy.models import Academy, Membership, TenantModel
from academies.tenancy.querysets import TenantQuerySet


class Cohort(TenantModel):
    """Learners who are taught together."""

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=150)
    members = models.ManyToManyField(Membership, through="CohortMember", related_name="cohorts")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["academy", "name"], name="cohort_name")]

    def __str__(self) -> str:
        return self.name


class CohortMember(TenantModel):
    """One learner in one cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["cohort", "member"], name="cohort_member_once")]

    def __str__(self) -> str:
        return f"{self.member} in {self.cohort}"
