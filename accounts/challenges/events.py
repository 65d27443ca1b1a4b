"""What happens around failed sign-ins."""

from dataclasses import dataclass
from uuid import UUID

from accounts.journal.events import Event, Severity


@dataclass(frozen=True, kw_only=True)
class PasswordGuessed(Event):
    """So many sign-ins failed for one account that somebody seems to guess. Each needs a challenge for a day."""

    kind = "accounts.password_guessed"
    severity = Severity.ALARM

    academy_id: UUID | None = None
    user_id: UUID

    @property
    def subject_id(self) -> str:
        """The person."""
        return str(self.user_id)

    def sentence(self) -> str:
        """Says what it looked like."""
        return "Somebody seems to guess the password"
