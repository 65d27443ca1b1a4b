"""Index of the app's models."""

from academies.roster.models import Cohort, CohortMember
from academies.tenancy.models import Academy, Membership

__all__ = ["Academy", "Cohort", "CohortMember", "Membership"]
