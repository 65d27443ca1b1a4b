"""Index of the app's tasks."""

from accounts.idempotency.tasks import forget_old_keys
from accounts.identity.tasks import forget_failures
from accounts.impersonation.tasks import end_overdue_impersonations
from accounts.journal.tasks import deliver_due, deliver_entry, seal_entries
from accounts.mail.tasks import forget_old_letters, send_due, send_letter
from accounts.privacy.tasks import erase_due, forget_old_exports, give_up_unverified, make_due_exports, make_export
from accounts.security.tasks import check_journal
from accounts.sessions.tasks import forget_sessions
from accounts.violations.tasks import forget_violations

__all__ = [
    "check_journal",
    "deliver_due",
    "deliver_entry",
    "end_overdue_impersonations",
    "erase_due",
    "forget_failures",
    "forget_old_exports",
    "forget_old_keys",
    "forget_old_letters",
    "forget_sessions",
    "forget_violations",
    "give_up_unverified",
    "make_due_exports",
    "make_export",
    "seal_entries",
    "send_due",
    "send_letter",
]
