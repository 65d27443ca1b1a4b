"""Requests that are carried out once however often they are sent. Not for what is idempotent by its nature."""
