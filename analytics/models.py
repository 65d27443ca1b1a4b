"""Index of the app's models."""

from analytics.rollups.models import LearnerDay

__all__ = ["LearnerDay"]
