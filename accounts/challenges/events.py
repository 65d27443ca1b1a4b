"""What happens around failed sign-ins."""

from dataclasses import dataclass

from accounts.journal.events import PersonEvent, Severity


@dataclass(frozen=True, kw_only=True)
class PasswordGuessed(PersonEvent):
    """So many sign-ins failed for one account that somebody seems to guess. Each needs a challenge for a day."""

    kind = "accounts.password_guessed"
    severity = Severity.ALARM

    def sentence(self) -> str:
        """Says what it looked like."""
        return "Somebody seems to guess the password"
