"""Index of the app's models."""

from accounts.encryption.models import KeyProof
from accounts.idempotency.models import IdempotencyKey
from accounts.identity.models import User
from accounts.journal.models import Delivery, JournalEntry, Seal
from accounts.mail.models import OutgoingMail
from accounts.privacy.models import Consent, DataExport, Erasure, LegalDocument
from accounts.profile.models import Profile

__all__ = [
    "Consent",
    "DataExport",
    "Delivery",
    "Erasure",
    "IdempotencyKey",
    "JournalEntry",
    "KeyProof",
    "LegalDocument",
    "OutgoingMail",
    "Profile",
    "Seal",
    "User",
]
