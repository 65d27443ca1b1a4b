"""Reads of practice sessions."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from academies.models import Membership
from academies.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from exams.practice.sessions.models import PracticeSession  # noqa: F401 - named in the brackets of the base


class PracticeSessionQuerySet(TenantQuerySet["PracticeSession"]):
    """Practice sessions."""

    def of_learner(self, member: Membership) -> Self:
        """The member's own in the academy."""
        return self.for_academy(member.academy_id).filter(learner=member.user_id)

    def resumable(self, *, now: datetime, idle: datetime) -> Self:
        """Open ones to which their learner can go back: the clock is running, or the last answer is after `idle`."""
        return self.filter(
            Q(mode="practice", deadline_at__gt=now) | Q(mode="study", last_active_at__gt=idle), state="open"
        )

    def left_behind(self, *, late: datetime, idle: datetime) -> Self:
        """Open ones whose clock ran out by `late`, or that nobody came back to since `idle`."""
        return self.filter(
            Q(mode="practice", deadline_at__lte=late) | Q(mode="study", last_active_at__lte=idle), state="open"
        )
