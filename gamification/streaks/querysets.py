"""Reads of days."""

from typing import TYPE_CHECKING, Self
from uuid import UUID

from academies.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from gamification.streaks.models import StreakDay  # noqa: F401  # named in strings below


class StreakDayQuerySet(TenantQuerySet["StreakDay"]):
    """Days."""

    def of(self, academy: UUID, learner: UUID) -> Self:
        """Those of one learner in one academy."""
        return self.filter(academy=academy, learner=learner)

    def active(self) -> Self:
        """Those with answers enough."""
        return self.filter(state="active")
