"""Reads of recommendations."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from academies.models import Membership
from academies.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from analytics.recommendations.models import Recommendation  # noqa: F401 - named in the brackets of the base


class RecommendationQuerySet(TenantQuerySet["Recommendation"]):
    """Recommendations."""

    def of_learner(self, member: Membership) -> Self:
        """Those of one learner in one academy."""
        return self.for_academy(member.academy_id).filter(learner=member.user_id)

    def open(self, *, now: datetime) -> Self:
        """Those that nobody has decided about and that still hold."""
        return self.filter(state="open", expires_at__gt=now)
