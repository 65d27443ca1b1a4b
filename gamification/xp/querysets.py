"""Reads of points."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Sum

from academies.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from academies.tenancy.models import Membership
    from gamification.xp.models import XPEntry  # noqa: F401  # named in strings below


class XPEntryQuerySet(TenantQuerySet["XPEntry"]):
    """Entries."""

    def of_learner(self, member: "Membership") -> Self:
        """Those of one learner in one academy."""
        return self.filter(learner=member.user_id, academy=member.academy_id)

    def given(self) -> Self:
        """Those that gave something; of the others a cap left nothing."""
        return self.filter(amount__gt=0)

    def of_rule(self, code: str) -> Self:
        """Those of one rule that gave something."""
        return self.given().filter(rule=code)

    def by_day(self, first: date, last: date) -> dict[date, int]:
        """The sums of each local date."""
        rows = self.filter(local_date__gte=first, local_date__lte=last).order_by()
        return dict(rows.values_list("local_date").annotate(points=Sum("amount")))
