"""What happens to second factors."""

from dataclasses import dataclass

from accounts.journal.events import PersonEvent, Severity

_NAMES = {"authenticator": "authenticator app", "passkey": "passkey", "recovery_code": "recovery code"}


@dataclass(frozen=True, kw_only=True)
class FactorAdded(PersonEvent):
    """Somebody has a further factor. `factor` is "authenticator" or "passkey"."""

    kind = "accounts.factor_added"
    severity = Severity.NOTICE
    factor: str

    def sentence(self) -> str:
        """Says which kind."""
        return f"Second factor added: {_NAMES.get(self.factor, self.factor)}"


@dataclass(frozen=True, kw_only=True)
class FactorRemoved(FactorAdded):
    """Somebody removed a factor of theirs."""

    kind = "accounts.factor_removed"
    severity = Severity.WARNING

    def sentence(self) -> str:
        """Says which kind."""
        return f"Second factor removed: {_NAMES.get(self.factor, self.factor)}"


@dataclass(frozen=True, kw_only=True)
class FactorReset(PersonEvent):
    """Support removed every factor of somebody who had lost them."""

    kind = "accounts.factor_reset"
    severity = Severity.WARNING
    reason: str

    def sentence(self) -> str:
        """With the reason."""
        return f"Second factor reset: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class FactorProved(FactorAdded):
    """A session proved a factor."""

    kind = "accounts.factor_proved"
    severity = Severity.NOTICE

    def sentence(self) -> str:
        """Says with what."""
        return f"Second factor proved: {_NAMES.get(self.factor, self.factor)}"


@dataclass(frozen=True, kw_only=True)
class StepUpFailed(FactorAdded):
    """A proof was wrong. `factor` may be "password", too."""

    kind = "accounts.step_up_failed"
    severity = Severity.WARNING

    def sentence(self) -> str:
        """Says with what."""
        return f"Proof refused: {_NAMES.get(self.factor, self.factor)}"


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesMade(PersonEvent):
    """Somebody has new recovery codes; those before are worthless."""

    kind = "accounts.recovery_codes_made"
    severity = Severity.NOTICE


@dataclass(frozen=True, kw_only=True)
class RecoveryCodeUsed(PersonEvent):
    """A recovery code was used."""

    kind = "accounts.recovery_code_used"
    severity = Severity.WARNING
    codes_left: int

    def sentence(self) -> str:
        """Says how many are left."""
        return f"Recovery code used, {self.codes_left} left"
