"""What happens to legal texts, consent and personal data."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.journal.events import Event, Severity


@dataclass(frozen=True, kw_only=True)
class LegalDocumentPublished(Event):
    """A version of a legal text came into force."""

    kind = "accounts.legal_document_published"

    academy_id: UUID | None = None
    document_id: UUID
    document_kind: str
    locale: str
    number: int

    @property
    def subject_id(self) -> str:
        """The document."""
        return str(self.document_id)

    def sentence(self) -> str:
        """Names the version."""
        return f"Published: {self.document_kind}, version {self.number} ({self.locale})"


@dataclass(frozen=True, kw_only=True)
class ConsentChanged(Event):
    """Somebody gave or withdrew a consent."""

    kind = "accounts.consent_changed"

    academy_id: UUID | None = None
    user_id: UUID
    topic: str
    is_given: bool

    @property
    def subject_id(self) -> str:
        """The person."""
        return str(self.user_id)

    def sentence(self) -> str:
        """Says which."""
        return f"Consent {'given' if self.is_given else 'withdrawn'}: {self.topic}"


@dataclass(frozen=True, kw_only=True)
class _AboutAPerson(Event):
    academy_id: UUID | None = None
    user_id: UUID

    @property
    def subject_id(self) -> str:
        """The person."""
        return str(self.user_id)


@dataclass(frozen=True, kw_only=True)
class DataExportAsked(_AboutAPerson):
    """Somebody asked for everything that is held about them."""

    kind = "accounts.data_export_asked"
    severity = Severity.NOTICE


@dataclass(frozen=True, kw_only=True)
class DataExportFetched(_AboutAPerson):
    """Somebody fetched the file with everything that is held about them."""

    kind = "accounts.data_export_fetched"
    severity = Severity.NOTICE


@dataclass(frozen=True, kw_only=True)
class ErasureAsked(_AboutAPerson):
    """Somebody, or staff for them, asked for the erasure of everything about them."""

    kind = "accounts.erasure_asked"
    severity = Severity.WARNING

    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ErasureCancelled(_AboutAPerson):
    """The erasure was cancelled in time."""

    kind = "accounts.erasure_cancelled"
    severity = Severity.NOTICE


@dataclass(frozen=True, kw_only=True)
class PersonErased(_AboutAPerson):
    """Everything about a person was erased or made anonymous."""

    kind = "accounts.person_erased"
    severity = Severity.NOTICE
