"""Index of the app's models."""

from academies.roster.models import Cohort, CohortMember, Invitation
from academies.tenancy.models import Academy, Membership

__all__ = ["Academy", "Cohort", "CohortMember", "Invitation", "Membership"]
