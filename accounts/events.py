"""What happens to people and their sign-ins. No names and no addresses: entries are kept for ever."""

from dataclasses import dataclass
from uuid import UUID

from accounts.challenges.events import PasswordGuessed
from accounts.factors.events import (
    FactorAdded,
    FactorProved,
    FactorRemoved,
    FactorReset,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    StepUpFailed,
)
from accounts.identity.events import AddressVerified, PasswordChanged, SignedUp, TimeZoneChanged
from accounts.impersonation.events import ImpersonationEnded, ImpersonationStarted, ImpersonationWriteRefused
from accounts.journal.events import Event, PersonEvent, Severity
from accounts.privacy.events import (
    ConsentChanged,
    DataExportAsked,
    DataExportFetched,
    ErasureAsked,
    ErasureCancelled,
    LegalDocumentPublished,
    PersonErased,
)
from accounts.profile.events import ProfileChanged
from accounts.providers.events import ProviderLinked, ProviderUnlinked
from accounts.sessions.events import NewDeviceSignedIn, SessionsEnded

__all__ = [
    "AddressVerified",
    "ConsentChanged",
    "DataExportAsked",
    "DataExportFetched",
    "ErasureAsked",
    "ErasureCancelled",
    "Event",
    "FactorAdded",
    "FactorProved",
    "FactorRemoved",
    "FactorReset",
    "ImpersonationEnded",
    "ImpersonationStarted",
    "ImpersonationWriteRefused",
    "LegalDocumentPublished",
    "NewDeviceSignedIn",
    "PasswordChanged",
    "PasswordGuessed",
    "PersonErased",
    "ProfileChanged",
    "ProviderLinked",
    "ProviderUnlinked",
    "RecoveryCodeUsed",
    "RecoveryCodesMade",
    "SessionsEnded",
    "SignInFailed",
    "SignInLocked",
    "SignedIn",
    "SignedUp",
    "StepUpFailed",
    "TimeZoneChanged",
    "UserChanged",
]


@dataclass(frozen=True, kw_only=True)
class SignedIn(PersonEvent):
    """Somebody signed in. `is_staff` says whether they were staff then."""

    kind = "accounts.signed_in"
    severity = Severity.NOTICE

    is_staff: bool = False


@dataclass(frozen=True, kw_only=True)
class SignInFailed(Event):
    """A sign-in was refused. `address` is a keyed digest: equal for equal addresses, worthless to anybody else."""

    kind = "accounts.sign_in_failed"
    severity = Severity.WARNING

    academy_id: UUID | None = None
    user_id: UUID | None
    address: str

    @property
    def subject_id(self) -> str:
        """The person, when the address is somebody's."""
        return str(self.user_id or "")

    def sentence(self) -> str:
        """Says whether the address is known."""
        return "Sign-in failed" if self.user_id else f"Sign-in failed with an unknown address ({self.address[:8]})"


@dataclass(frozen=True, kw_only=True)
class SignInLocked(SignInFailed):
    """After too many failures, further tries from the same place are refused for a while."""

    kind = "accounts.sign_in_locked"
    severity = Severity.ALARM

    def sentence(self) -> str:
        """Says whether the address is known."""
        return "Sign-in locked" if self.user_id else f"Sign-in locked for an unknown address ({self.address[:8]})"


@dataclass(frozen=True, kw_only=True)
class UserChanged(PersonEvent):
    """Staff made or changed a user. `fields` names what was changed, not to what; a password is only named."""

    kind = "accounts.user_changed"
    severity = Severity.NOTICE

    is_new: bool = False
    fields: list[str]

    def sentence(self) -> str:
        """Names the fields."""
        if self.is_new:
            return "User added"
        return f"User changed: {', '.join(field.replace('_', ' ') for field in self.fields)}"
