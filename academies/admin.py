"""Index of the app's admin pages."""

from academies.roster.admin import CohortPages, InvitationPages
from academies.tenancy.admin import AcademyPages, MembershipPages

__all__ = ["AcademyPages", "CohortPages", "InvitationPages", "MembershipPages"]
