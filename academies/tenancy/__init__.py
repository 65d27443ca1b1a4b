"""The academy as tenant: its people, their roles, and the base of every row that belongs to it."""
