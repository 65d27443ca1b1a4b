"""What happens to accounts: signing up, proving an address, changing the password."""

from dataclasses import dataclass, field

from accounts.journal.events import PersonEvent, Severity


@dataclass(frozen=True, kw_only=True)
class SignedUp(PersonEvent):
    """Somebody opened an account. `consents` names what they agreed to and in which version: `terms@2026-11`."""

    kind = "accounts.signed_up"
    severity = Severity.NOTICE

    consents: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class AddressVerified(PersonEvent):
    """Somebody proved that the address is theirs: by `code`, `link`, `invitation`, `provider` or password `reset`."""

    kind = "accounts.address_verified"
    severity = Severity.NOTICE

    by: str

    def sentence(self) -> str:
        """Says how."""
        return f"Address verified by {self.by}"


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(PersonEvent):
    """Somebody has another password. Sessions that were opened with the one before have ended."""

    kind = "accounts.password_changed"
    severity = Severity.NOTICE


@dataclass(frozen=True, kw_only=True)
class TimeZoneChanged(PersonEvent):
    """Somebody lives by another clock from now on. Names of the IANA time zone database."""

    kind = "accounts.time_zone_changed"

    before: str
    after: str

    def sentence(self) -> str:
        """Names both."""
        return f"Time zone changed from {self.before} to {self.after}"
