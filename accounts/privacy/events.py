"""What happens to legal texts, consent and personal data."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.journal.events import Event, PersonEvent, Severity


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
class ConsentChanged(PersonEvent):
    """Somebody gave or withdrew a consent."""

    kind = "accounts.consent_changed"

    topic: str
    is_given: bool

    def sentence(self) -> str:
        """Says which."""
        return f"Consent {'given' if self.is_given else 'withdrawn'}: {self.topic}"


@dataclass(frozen=True, kw_only=True)
class DataExportAsked(PersonEvent):
    """Somebody asked for everything that is held about them."""

    kind = "accounts.data_export_asked"
    severity = Severity.NOTICE


@dataclass(frozen=True, kw_only=True)
class DataExportFetched(PersonEvent):
    """Somebody fetched the file with everything that is held about them."""

    kind = "accounts.data_export_fetched"
    severity = Severity.NOTICE


@dataclass(frozen=True, kw_only=True)
class ErasureAsked(PersonEvent):
    """Somebody, or staff for them, asked for the erasure of everything about them."""

    kind = "accounts.erasure_asked"
    severity = Severity.WARNING

    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ErasureCancelled(PersonEvent):
    """The erasure was cancelled in time."""

    kind = "accounts.erasure_cancelled"
    severity = Severity.NOTICE


@dataclass(frozen=True, kw_only=True)
class PersonErased(PersonEvent):
    """Everything about a person was erased or made anonymous."""

    kind = "accounts.person_erased"
    severity = Severity.NOTICE
