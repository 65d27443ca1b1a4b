"""Index of the app's admin pages."""

from accounts.identity.admin import GroupAdmin, UserAdmin
from accounts.journal.admin import DeliveryAdmin, JournalEntryAdmin
from accounts.mail.admin import LetterPages
from accounts.privacy.admin import ErasureAdmin, LegalDocumentAdmin

__all__ = [
    "DeliveryAdmin",
    "ErasureAdmin",
    "GroupAdmin",
    "JournalEntryAdmin",
    "LegalDocumentAdmin",
    "LetterPages",
    "UserAdmin",
]
