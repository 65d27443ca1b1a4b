"""What analytics hold about people."""

from typing import Any

from django.db.models import QuerySet

from academies.models import Membership
from accounts.models import User
from accounts.privacy.registry import hold, nothing_about_people
from analytics.models import (
    AcademyActivity,
    AcademyDay,
    CohortActivity,
    CohortDay,
    CountedMember,
    DirtyCohort,
    DirtyDay,
    DomainNorm,
    LearnerDay,
    ReadinessCalibration,
    ReadinessPrediction,
    RebuildRun,
    Recommendation,
    RecommendationRefresh,
    Watermark,
)


def _days(user: User) -> "QuerySet[Any]":
    # Through the academies that they have been in: the table is found by academy first.
    return LearnerDay.objects.filter(
        learner=user, academy__in=Membership.objects.filter(user=user).values("academy").order_by()
    )


hold(
    "learning_days",
    LearnerDay,
    rows=_days,
    exported=("academy__name", "local_date", "domain__title", "source", "answers", "right", "credit", "seconds"),
    kept={"learner": "The academy's totals rest on it; it hangs on somebody without a name."},
)
hold(
    "counted_members",
    CountedMember,
    owner="learner",
    kept={"learner": "What was added to a cohort is taken away by it, as soon as the cohort has lost the member."},
)
hold(
    "dirty_days",
    DirtyDay,
    owner="learner",
    kept={
        "learner": "A day that waits for some seconds to be counted again.",
        "local_date": "A day that waits for some seconds to be counted again.",
    },
)
nothing_about_people(AcademyDay, AcademyActivity, CohortDay, CohortActivity, because="sums over many people")
nothing_about_people(DirtyCohort, because="names a cohort")
nothing_about_people(Watermark, RebuildRun, because="how far the facts are counted")
hold(
    "readiness_predictions",
    ReadinessPrediction,
    owner="learner",
    exported=("academy__name", "blueprint__title", "probability", "answers", "made_at", "passed", "resolved_at"),
    kept={"learner": "How well predictions come true rests on it; it hangs on somebody without a name."},
)
hold(
    "recommendations",
    Recommendation,
    owner="learner",
    exported=("academy__name", "kind", "facts", "action", "state", "created_at", "expires_at", "decided_at"),
    is_deleted=True,
)
hold(
    "recommendations_refreshed",
    RecommendationRefresh,
    owner="learner",
    exported=("academy__name", "refreshed_at"),
    is_deleted=True,
)

nothing_about_people(DomainNorm, ReadinessCalibration, because="Counted over everybody.")
