"""What may be read: through the academy, and through what a member may see."""

from typing import TYPE_CHECKING, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce, Lower, NullIf

from academies.tenancy.powers import POWERS, Power, Role

if TYPE_CHECKING:
    from academies.tenancy.models import Academy, Membership
    from accounts.models import User

Row = TypeVar("Row", bound=models.Model, covariant=True)

# Who prepares deliveries or looks after learners sees everybody in the academy.
SEES_PEOPLE = (Power.MANAGE_DELIVERIES, Power.GRANT_ACCOMMODATIONS, Power.MANAGE_PEOPLE)


def _roles_with(power: Power) -> list[Role]:
    return [role for role, powers in POWERS.items() if power in powers]


class TenantQuerySet(models.QuerySet[Row]):
    """Rows that belong to academies."""

    def for_academy(self, academy: "Academy | UUID") -> Self:
        """The rows of one academy."""
        return self.filter(academy=academy)

    def locked(self) -> Self:
        """The same rows, locked for the rest of the transaction (the rows themselves, not what they join)."""
        return self.select_for_update(of=("self",))


class AcademyQuerySet(models.QuerySet["Academy"]):
    """Academies."""

    def open(self) -> Self:
        """Those that are not suspended."""
        return self.filter(suspended_at=None)

    def run_by(self, user: "User") -> Self:
        """Those whose people this person may change, by a membership there."""
        return self.open().filter(
            memberships__user=user,
            memberships__ended_at=None,
            memberships__role__in=_roles_with(Power.MANAGE_PEOPLE),
        )


class MembershipQuerySet(TenantQuerySet["Membership"]):
    """People in academies."""

    def active(self) -> Self:
        """Memberships that have not ended, of people and academies that are not suspended."""
        return self.filter(ended_at=None, user__is_active=True, academy__suspended_at=None)

    def with_power(self, power: Power) -> Self:
        """Those whose role carries the power."""
        return self.filter(role__in=_roles_with(power))

    def visible_to(self, member: "Membership") -> Self:
        """The active members of the same academy whom this member may see: everybody, or only themselves."""
        rows = self.for_academy(member.academy_id).active()
        return rows if member.may_any(SEES_PEOPLE) else rows.filter(pk=member.pk)

    def matching(self, text: str) -> Self:
        """Those whose name or address contains the text, whatever its case."""
        return self.filter(models.Q(user__name__icontains=text) | models.Q(user__email__icontains=text))

    def with_sort_name(self) -> Self:
        """Adds `sort_name`: what the person is listed under, the name or else the address, in lower case."""
        name = Coalesce(NullIf("user__name", Value("")), "user__email", output_field=models.CharField())
        return self.annotate(sort_name=Lower(name))
