"""How the journal names academies, memberships, cohorts and invitations."""

from collections.abc import Mapping, Set
from uuid import UUID

from academies.models import Academy, Cohort, Invitation, Membership
from accounts.journal.names import name_ids


def academies(keys: Set[UUID]) -> Mapping[UUID, str]:
    """Their names."""
    return dict(Academy.objects.filter(pk__in=keys).values_list("pk", "name"))


def members(keys: Set[UUID]) -> Mapping[UUID, str]:
    """The names of the people."""
    rows = Membership.objects.filter(pk__in=keys).select_related("user")
    return {member.pk: member.user.display_name for member in rows}


def cohorts(keys: Set[UUID]) -> Mapping[UUID, str]:
    """Their names."""
    return dict(Cohort.objects.filter(pk__in=keys).values_list("pk", "name"))


def invitations(keys: Set[UUID]) -> Mapping[UUID, str]:
    """The addresses that were invited."""
    return dict(Invitation.objects.filter(pk__in=keys).values_list("pk", "address"))


name_ids("academy_id", academies)
name_ids("membership_id", members)
name_ids("cohort_id", cohorts)
name_ids("invitation_id", invitations)
