"""What happens to sessions and devices."""

from dataclasses import dataclass
from uuid import UUID

from accounts.journal.events import Event, Severity

_WHY = {
    "chosen": "by the person",
    "others": "by the person: all but one",
    "staff": "by staff",
    "password": "because the password was changed",
    "deactivated": "because the person was deactivated",
    "factors": "because the second factors changed",
    "erasure": "because an erasure was asked for",
}


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Event):
    """Sessions were ended before their time. `why` is a key of `_WHY`."""

    kind = "accounts.sessions_ended"
    severity = Severity.NOTICE

    academy_id: UUID | None = None
    user_id: UUID
    count: int
    why: str

    @property
    def subject_id(self) -> str:
        """The person."""
        return str(self.user_id)

    def sentence(self) -> str:
        """Says how many, and why."""
        return f"{self.count} session{'' if self.count == 1 else 's'} ended {_WHY.get(self.why, self.why)}"


@dataclass(frozen=True, kw_only=True)
class NewDeviceSignedIn(Event):
    """Somebody signed in with a browser that they had not used before. `address` is a network."""

    kind = "accounts.new_device_signed_in"
    severity = Severity.NOTICE

    academy_id: UUID | None = None
    user_id: UUID
    browser: str
    system: str
    address: str

    @property
    def subject_id(self) -> str:
        """The person."""
        return str(self.user_id)

    def sentence(self) -> str:
        """Names the device."""
        device = ", ".join(part for part in (self.browser, self.system, self.address) if part)
        return f"Signed in on a new device ({device or 'unknown'})"
