"""Index of the app's admin pages: importing a room's registers them."""

from analytics.readiness import admin as readiness
from analytics.recommendations import admin as recommendations
from analytics.rollups import admin as rollups

__all__ = [
    "readiness",
    "recommendations",
    "rollups",
]
