"""Index of the app's tasks."""

from accounts.idempotency.tasks import forget_old_keys
from accounts.journal.tasks import deliver_due, deliver_entry, seal_entries

__all__ = ["deliver_due", "deliver_entry", "forget_old_keys", "seal_entries"]
