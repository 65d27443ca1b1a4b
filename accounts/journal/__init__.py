"""The append-only record of what was done: audit trail and outbox in one. Not for autosaved answers."""
