"""Cohorts and who is in them, and who was invited."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from academies.roster.querysets import CohortQuerySet, InvitationQuerySet
from academies.tenancy.models import Academy, Membership, TenantModel
from academies.tenancy.powers import Role
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


class Invitation(TenantModel):
    """An address that an academy has asked to join. The token is in the letter alone; here is its digest."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        EXPIRED = "expired", "Expired"
        ACCEPTED = "accepted", "Accepted"
        REVOKED = "revoked", "Revoked"

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="invitations")
    address = models.EmailField()
    role = models.CharField(max_length=16, choices=Role, default=Role.LEARNER)
    cohort = models.ForeignKey(Cohort, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    token_digest = models.CharField(max_length=64)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["academy", "address"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="invitation_once_pending",
            ),
            models.UniqueConstraint(fields=["token_digest"], name="invitation_token"),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None), name="invitation_one_end"
            ),
        ]

    def __str__(self) -> str:
        return self.address

    def state(self, *, now: datetime) -> State:
        """What became of it."""
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.OPEN if now < self.expires_at else self.State.EXPIRED
