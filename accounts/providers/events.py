"""What happens to accounts elsewhere."""

from dataclasses import dataclass

from accounts.journal.events import PersonEvent, Severity


@dataclass(frozen=True, kw_only=True)
class ProviderLinked(PersonEvent):
    """Somebody may from now on sign in with an account elsewhere."""

    kind = "accounts.provider_linked"
    severity = Severity.NOTICE

    provider: str

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
