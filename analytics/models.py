"""Index of the app's models."""

from analytics.readiness.models import (
    DomainNorm,
    ReadinessCalibration,
    ReadinessPrediction,
)
from analytics.recommendations.models import (
    Recommendation,
    RecommendationRefresh,
)
from analytics.rollups.models import (
    AcademyActivity,
    AcademyDay,
    CohortActivity,
    CohortDay,
    CountedMember,
    DirtyCohort,
    DirtyDay,
    LearnerDay,
    RebuildRun,
    Watermark,
)

__all__ = [
    "AcademyActivity",
    "AcademyDay",
    "CohortActivity",
    "CohortDay",
    "CountedMember",
    "DirtyCohort",
    "DirtyDay",
    "DomainNorm",
    "LearnerDay",
    "ReadinessCalibration",
    "ReadinessPrediction",
    "RebuildRun",
    "Recommendation",
    "RecommendationRefresh",
    "Watermark",
]
