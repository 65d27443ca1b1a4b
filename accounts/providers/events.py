"""What happens to accounts elsewhere."""

from dataclasses import dataclass
from uuid import UUID

from accounts.journal.events import Event, Severity


@dataclass(frozen=True, kw_only=True)
class ProviderLinked(Event):
    """Somebody may from now on sign in with an account elsewhere."""

    kind = "accounts.provider_linked"
    severity = Severity.NOTICE

    academy_id: UUID | None = None
    user_id: UUID
    provider: str

    @property
    def subject_id(self) -> str:
        """The person."""
        return str(self.user_id)

    def sentence(self) -> str:
        """Names the provider."""
        return f"Sign-in with {self.provider} linked"


@dataclass(frozen=True, kw_only=True)
class ProviderUnlinked(ProviderLinked):
    """Somebody may no longer sign in with an account elsewhere."""

    kind = "accounts.provider_unlinked"
    severity = Severity.NOTICE

    def sentence(self) -> str:
        """Names the provider."""
        return f"Sign-in with {self.provider} unlinked"
