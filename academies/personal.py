"""What academies hold about people."""

from datetime import datetime

from django.db.models import Q

from academies.events import MemberLeft
from academies.models import Academy, Cohort, CohortMember, Invitation, Membership
from academies.tenancy.actions import require_another_owner
from academies.tenancy.powers import Role
from accounts.journal.record import record
from accounts.models import User
from accounts.privacy.registry import hold, nothing_about_people, object_to_erasure


@object_to_erasure
def keep_owners(user: User) -> None:
    """An academy keeps an owner. Raises `LastOwner`."""
    for membership in Membership.objects.active().filter(user=user, role=Role.OWNER):
        require_another_owner(membership)


def leave_everything(user: User, now: datetime) -> None:
    """End every membership; unlike somebody who leaves, who is erased gets no new home."""
    for member in Membership.objects.select_for_update().filter(user=user, ended_at=None):
        member.ended_at = now
        member.save(update_fields=["ended_at"])
        record(
            MemberLeft(academy_id=member.academy_id, membership_id=member.pk, user_id=user.pk, role=member.role),
            actor=None,
            now=now,
        )


def forget_invitations(user: User, _now: datetime) -> None:
    """Forget who was invited; the academy's record that somebody was goes with it."""
    Invitation.objects.filter(address=user.email).delete()


hold(
    "memberships",
    Membership,
    owner="user",
    exported=("academy__name", "role", "created_at", "ended_at"),
    step=leave_everything,
    kept={"user": "Explains the attempts that hang on it, by somebody without a name."},
)
hold("cohorts", CohortMember, owner="member__user", exported=("cohort__name", "academy__name"), is_deleted=True)
hold(
    "invitations",
    Invitation,
    rows=lambda user: Invitation.objects.filter(Q(address=user.email) | Q(invited_by=user)),
    exported=("academy__name", "role", "created_at", "expires_at", "accepted_at", "revoked_at"),
    step=forget_invitations,
    kept={
        "address": "Goes with the row where it is the person's own; that of somebody they invited is not theirs.",
        "invited_by": "Says who did it. The id stays, the name went with the person.",
        "token_digest": "A digest.",
    },
)

nothing_about_people(Academy, because="A tenant is no person.")
nothing_about_people(Cohort, because="A group; who is in it is told by its members.")
