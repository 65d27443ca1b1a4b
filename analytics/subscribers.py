"""What analytics do when something happens elsewhere."""

from academies.events import CohortChanged, CohortMembersChanged
from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from analytics.readiness import subscribers as readiness
from analytics.recommendations import subscribers as recommendations
from analytics.rollups.folding import look_at_cohort


@subscribe(CohortMembersChanged, name="analytics.follow_members")
def follow_members(event: CohortMembersChanged, _: JournalEntry) -> None:
    """The days of the cohort are those of the members that it has now."""
    look_at_cohort(academy=event.academy_id, cohort=event.cohort_id)


@subscribe(CohortChanged, name="analytics.forget_cohort", when=lambda event: event.change == "deleted")
def forget_cohort(event: CohortChanged, _: JournalEntry) -> None:
    """A cohort that is gone has no days."""
    look_at_cohort(academy=event.academy_id, cohort=event.cohort_id)


__all__ = ["follow_members", "forget_cohort", "readiness", "recommendations"]
