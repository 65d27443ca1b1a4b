"""Index of the app's admin pages."""

from academies.roster.admin import CohortPages
from academies.tenancy.admin import AcademyPages, MembershipPages

__all__ = ["AcademyPages", "CohortPages", "MembershipPages"]
