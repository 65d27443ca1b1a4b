"""Index of the app's admin pages."""

from accounts.identity.admin import GroupAdmin, UserAdmin
from accounts.journal.admin import DeliveryAdmin, JournalEntryAdmin
from accounts.mail.admin import LetterPages

__all__ = ["DeliveryAdmin", "GroupAdmin", "JournalEntryAdmin", "LetterPages", "UserAdmin"]
