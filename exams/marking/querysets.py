"""Reads of marked answers."""

from typing import TYPE_CHECKING, Self
from uuid import UUID

from academies.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from academies.models import Membership
    from exams.marking.models import MarkedAnswer  # noqa: F401 - named in the brackets of the base


class MarkedAnswerQuerySet(TenantQuerySet["MarkedAnswer"]):
    """Marked answers."""

    def of_learner(self, member: "Membership") -> Self:
        """What one learner answered in one academy."""
        return self.filter(learner=member.user_id, academy=member.academy_id)

    def counted(self) -> Self:
        """Those that count."""
        return self.filter(is_counted=True)

    def known_to_learner(self) -> Self:
        """Those whose learner has seen whether they were right."""
        return self.filter(is_open=True, is_counted=True)

    def of_source(self, source_id: UUID) -> Self:
        """The answers of one attempt, session or card."""
        return self.filter(source_id=source_id)
