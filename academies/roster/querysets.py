"""Reads of cohorts."""

from typing import TYPE_CHECKING, Self

from django.db.models import Count, Q

from academies.tenancy.powers import Role
from academies.tenancy.querysets import SEES_PEOPLE, TenantQuerySet

if TYPE_CHECKING:
    from academies.roster.models import Cohort  # noqa: F401  # named in strings below
    from academies.tenancy.models import Membership


class CohortQuerySet(TenantQuerySet["Cohort"]):
    """Cohorts."""

    def visible_to(self, member: "Membership") -> Self:
        """The cohorts of the member's academy that they may see: all of them, or those they are in."""
        rows = self.for_academy(member.academy_id)
        return rows if member.may_any(SEES_PEOPLE) else rows.filter(members=member)

    def with_learner_count(self) -> Self:
        """Adds `learner_count`: learners whose membership has not ended."""
        active = Q(members__role=Role.LEARNER, members__ended_at=None, members__user__is_active=True)
        return self.annotate(learner_count=Count("members", filter=active))
