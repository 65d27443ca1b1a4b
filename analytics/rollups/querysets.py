"""Reads of the rollups. Public: whatever is told to a learner about what they have answered is read from here."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db.models import QuerySet, Sum

from academies.tenancy.querysets import TenantQuerySet
from analytics.rollups.statistics import NAMES

if TYPE_CHECKING:
    from academies.models import Membership
    from analytics.rollups.models import LearnerDay

_SUMS: Mapping[str, Sum] = {name: Sum(name) for name in NAMES}


class LearnerDayQuerySet(TenantQuerySet["LearnerDay"]):
    """Learners' days."""

    def of_learner(self, member: "Membership") -> Self:
        """One learner's in one academy."""
        return self.filter(academy=member.academy_id, learner=member.user_id)

    def between(self, first: date | None, last: date | None) -> Self:
        """From a day on, up to a day, both included; None is without end."""
        rows = self if first is None else self.filter(local_date__gte=first)
        return rows if last is None else rows.filter(local_date__lte=last)

    def in_bank(self, bank: UUID | None) -> Self:
        """Of one bank, or of all."""
        return self if bank is None else self.filter(bank=bank)

    def telling_domains(self) -> Self:
        """Those of which the learner may know domain by domain."""
        return self.filter(shows_domain=True)

    def summed_by(self, *fields: str) -> "QuerySet[LearnerDay, dict[str, Any]]":
        """Mappings of these fields and the sums of the statistics, in the order of the fields."""
        rows: QuerySet[LearnerDay, dict[str, Any]] = self.order_by(*fields).values(*fields).annotate(**_SUMS)
        return rows
