"""Index of the app's models."""

from accounts.idempotency.models import IdempotencyKey
from accounts.identity.models import User
from accounts.journal.models import Delivery, JournalEntry, Seal

__all__ = ["Delivery", "IdempotencyKey", "JournalEntry", "Seal", "User"]
