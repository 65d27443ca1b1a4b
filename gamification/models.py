"""Index of the app's models."""

from gamification.xp.models import XPEntry, XPTotal

__all__ = ["XPEntry", "XPTotal"]
