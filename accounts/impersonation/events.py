"""What happens while staff see as somebody else. The actor is the member of staff, the subject is the person."""

from dataclasses import dataclass
from uuid import UUID

from accounts.journal.events import PersonEvent, Severity

_WHY = {
    "hand": "by hand",
    "time": "because its time was over",
    "sign_out": "because the member of staff signed out",
    "session": "because the session of the member of staff ended",
    "power": "because it was no longer allowed",
}


@dataclass(frozen=True, kw_only=True)
class ImpersonationStarted(PersonEvent):
    """A member of staff began to see the platform as this person."""

    kind = "accounts.impersonation_started"
    severity = Severity.WARNING

    impersonation_id: UUID
    reason: str

    def sentence(self) -> str:
        """With the reason."""
        return f"Staff began to see as this person: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ImpersonationWriteRefused(PersonEvent):
    """Something that would have changed something was refused. `route` is a pattern, without ids."""

    kind = "accounts.impersonation_write_refused"
    severity = Severity.WARNING

    impersonation_id: UUID
    method: str
    route: str

    def sentence(self) -> str:
        """Says what was tried."""
        return f"Refused while staff saw as this person: {self.method} {self.route}"


@dataclass(frozen=True, kw_only=True)
class ImpersonationEnded(PersonEvent):
    """It ended. `why` is a key of `_WHY`."""

    kind = "accounts.impersonation_ended"
    severity = Severity.NOTICE

    impersonation_id: UUID
    why: str

    def sentence(self) -> str:
        """Says why."""
        return f"Staff no longer see as this person, {_WHY.get(self.why, self.why)}"
