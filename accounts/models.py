"""Index of the app's models."""

from accounts.factors.models import Passkey, RecoveryCode
from accounts.idempotency.models import IdempotencyKey
from accounts.identity.models import User
from accounts.journal.models import Delivery, JournalEntry, Seal
from accounts.mail.models import OutgoingMail
from accounts.security.models import Alert
from accounts.sessions.models import KnownDevice, UserSession

__all__ = [
    "Alert",
    "Delivery",
    "IdempotencyKey",
    "JournalEntry",
    "KnownDevice",
    "OutgoingMail",
    "Passkey",
    "RecoveryCode",
    "Seal",
    "User",
    "UserSession",
]
