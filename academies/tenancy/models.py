"""Academy, membership, and the base of every row that belongs to an academy."""

from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from academies.tenancy.powers import Power, Role, powers_of
from academies.tenancy.querysets import AcademyQuerySet, MembershipQuerySet
from config.kernel.ids import new_id


class Academy(models.Model):
    """A tenant. The house academy is the platform's own: learners without another, and shared banks, belong to it."""

    class Tier(models.TextChoices):
        STARTER = "starter", "Starter"
        PROFESSIONAL = "professional", "Professional"
        ENTERPRISE = "enterprise", "Enterprise"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=150)
    slug = models.SlugField(max_length=64, unique=True)
    tier = models.CharField(max_length=16, choices=Tier, default=Tier.STARTER)
    is_house = models.BooleanField(default=False)
    colour = models.CharField(
        max_length=7, default="#3454d1", validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", "Use the form #rrggbb.")]
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    suspended_at = models.DateTimeField(null=True, blank=True)

    objects = AcademyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "academies"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["is_house"], condition=models.Q(is_house=True), name="academy_one_house"),
        ]

    def __str__(self) -> str:
        return self.name


class TenantModel(models.Model):
    """A row that belongs to an academy. Subclasses give a queryset that extends `TenantQuerySet`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Membership(TenantModel):
    """A person in an academy, with a role."""

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role, default=Role.LEARNER)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "user"], name="membership_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["academy", "role"], name="membership_role")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    @property
    def powers(self) -> frozenset[Power]:
        """What the role lets this person do here."""
        return powers_of(self.role)

    def may(self, power: Power) -> bool:
        """Whether the role carries the power."""
        return power in self.powers

    def may_any(self, powers: Iterable[Power]) -> bool:
        """Whether the role carries at least one of the powers."""
        return not self.powers.isdisjoint(powers)
