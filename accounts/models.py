"""Index of the app's models."""

from accounts.encryption.models import KeyProof
from accounts.factors.models import Passkey, RecoveryCode
from accounts.idempotency.models import IdempotencyKey
from accounts.identity.models import User
from accounts.impersonation.models import Impersonation
from accounts.journal.models import Delivery, JournalEntry, Seal
from accounts.mail.models import OutgoingMail
from accounts.privacy.models import Consent, DataExport, Erasure, LegalDocument
from accounts.profile.models import Profile
from accounts.security.models import Alert
from accounts.sessions.models import KnownDevice, UserSession
from accounts.violations.models import PolicyViolation

__all__ = [
    "Alert",
    "Consent",
    "DataExport",
    "Delivery",
    "Erasure",
    "IdempotencyKey",
    "Impersonation",
    "JournalEntry",
    "KeyProof",
    "KnownDevice",
    "LegalDocument",
    "OutgoingMail",
    "Passkey",
    "PolicyViolation",
    "Profile",
    "RecoveryCode",
    "Seal",
    "User",
    "UserSession",
]
