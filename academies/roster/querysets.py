"""Reads of cohorts and invitations."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Count, Q

from academies.tenancy.powers import Role
from academies.tenancy.querysets import SEES_PEOPLE, TenantQuerySet

if TYPE_CHECKING:
    from academies.roster.models import Cohort, Invitation  # noqa: F401  # named in strings below
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


class InvitationQuerySet(TenantQuerySet["Invitation"]):
    """Invitations."""

    def pending(self) -> Self:
        """Those that were neither accepted nor revoked; they may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def with_token(self, token: str, *, now: datetime) -> Self:
        """The one with this token, as long as it can be accepted."""
        rows = self.pending().filter(token_digest=digest_of(token), expires_at__gt=now)
        return rows.filter(academy__suspended_at=None)


def digest_of(token: str) -> str:
    """A token as it is stored: SHA-256 in hexadecimal. It is random and long, so it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
