"""Index of the app's models."""

from accounts.idempotency.models import IdempotencyKey
from accounts.identity.models import User
from accounts.journal.models import Delivery, JournalEntry, Seal
from accounts.mail.models import OutgoingMail
from accounts.sessions.models import KnownDevice, UserSession

__all__ = [
    "Delivery",
    "IdempotencyKey",
    "JournalEntry",
    "KnownDevice",
    "OutgoingMail",
    "Seal",
    "User",
    "UserSession",
]
