"""Index of the app's tasks."""

from analytics.readiness.tasks import keep_predictions, refit
from analytics.recommendations.tasks import refresh_stale
from analytics.rollups.tasks import compare_cohorts, fold

__all__ = [
    "compare_cohorts",
    "fold",
    "keep_predictions",
    "refit",
    "refresh_stale",
]
