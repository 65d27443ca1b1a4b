"""What happens to academies, their people and their cohorts."""

from dataclasses import dataclass
from uuid import UUID

from accounts.journal.events import Event, Severity

__all__ = [
    "AcademyChanged",
    "CohortChanged",
    "CohortMembersChanged",
    "InvitationAccepted",
    "InvitationRevoked",
    "MemberJoined",
    "MemberLeft",
    "MembershipChanged",
    "PersonInvited",
]


@dataclass(frozen=True, kw_only=True)
class AcademyChanged(Event):
    """Staff made or changed an academy. `fields` names what was changed."""

    kind = "academies.academy_changed"

    academy_id: UUID
    is_new: bool = False
    fields: list[str]

    @property
    def subject_id(self) -> str:
        """The academy."""
        return str(self.academy_id)

    def sentence(self) -> str:
        """Names the fields."""
        if self.is_new:
            return "Academy added"
        return f"Academy changed: {', '.join(field.replace('_', ' ') for field in self.fields)}"


@dataclass(frozen=True, kw_only=True)
class _MemberEvent(Event):
    academy_id: UUID
    membership_id: UUID
    user_id: UUID

    @property
    def subject_id(self) -> str:
        """The membership."""
        return str(self.membership_id)


@dataclass(frozen=True, kw_only=True)
class MemberJoined(_MemberEvent):
    """Somebody joined an academy, for the first time or again."""

    kind = "academies.member_joined"

    role: str

    def sentence(self) -> str:
        """Names the role."""
        return f"Joined as {self.role}"


@dataclass(frozen=True, kw_only=True)
class MembershipChanged(_MemberEvent):
    """Somebody's role was changed."""

    kind = "academies.membership_changed"
    severity = Severity.NOTICE

    before: str
    after: str

    def sentence(self) -> str:
        """Names both roles."""
        return f"Role changed from {self.before} to {self.after}"


@dataclass(frozen=True, kw_only=True)
class MemberLeft(_MemberEvent):
    """Somebody's membership ended."""

    kind = "academies.member_left"

    role: str

    def sentence(self) -> str:
        """Names the role that ended."""
        return f"Left ({self.role})"


@dataclass(frozen=True, kw_only=True)
class CohortChanged(Event):
    """A cohort was made, renamed or removed."""

    kind = "academies.cohort_changed"

    academy_id: UUID
    cohort_id: UUID
    name: str
    change: str

    @property
    def subject_id(self) -> str:
        """The cohort."""
        return str(self.cohort_id)

    def sentence(self) -> str:
        """Names the cohort."""
        return f"Cohort “{self.name}” {self.change}"


@dataclass(frozen=True, kw_only=True)
class CohortMembersChanged(Event):
    """Members were put into a cohort or taken out of it."""

    kind = "academies.cohort_members_changed"

    academy_id: UUID
    cohort_id: UUID
    added: list[UUID]
    removed: list[UUID]

    @property
    def subject_id(self) -> str:
        """The cohort."""
        return str(self.cohort_id)

    def sentence(self) -> str:
        """Says how many."""
        changes = [f"{len(self.added)} added"] if self.added else []
        changes += [f"{len(self.removed)} removed"] if self.removed else []
        return f"Cohort members: {', '.join(changes)}"


@dataclass(frozen=True, kw_only=True)
class _InvitationEvent(Event):
    academy_id: UUID
    invitation_id: UUID

    @property
    def subject_id(self) -> str:
        """The invitation."""
        return str(self.invitation_id)


@dataclass(frozen=True, kw_only=True)
class PersonInvited(_InvitationEvent):
    """An address was asked to join, for the first time or again. It is in the invitation, not here."""

    kind = "academies.person_invited"

    role: str

    def sentence(self) -> str:
        """Names the role."""
        return f"Invited as {self.role}"


@dataclass(frozen=True, kw_only=True)
class InvitationRevoked(_InvitationEvent):
    """An invitation was taken back."""

    kind = "academies.invitation_revoked"


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(_InvitationEvent):
    """Somebody joined because they were invited."""

    kind = "academies.invitation_accepted"

    user_id: UUID
