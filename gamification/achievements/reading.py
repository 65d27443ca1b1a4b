"""The catalogue as one learner sees it."""

from datetime import datetime
from typing import Any

from academies.models import Membership
from accounts.identity.zones import local_date
from gamification.achievements.catalogue import ACHIEVEMENTS, Achievement, Kind, Metric
from gamification.achievements.metrics import measure
from gamification.achievements.models import Award


def shelf_of(*, member: Membership, now: datetime) -> dict[str, Any]:
    """Everything by its kind, with progress and the moment of each award. The same number of statements always."""
    awards = Award.objects.filter(academy=member.academy_id, learner=member.user_id)
    awarded = dict(awards.values_list("code", "awarded_at"))
    today = local_date(user=member.user, at=now)
    values = measure(tuple(Metric), academy=member.academy, learner=member.user, today=today)

    def shown(each: Achievement) -> dict[str, Any]:
        at = awarded.get(each.code)
        # What was reached stays reached, also when a regrade lowered the counter.
        progress = each.threshold if at else min(values[each.metric], each.threshold)
        return {**vars(each), "progress": progress, "awarded_at": at}

    return {
        "awarded": sum(each.code in awarded for each in ACHIEVEMENTS),
        "total": len(ACHIEVEMENTS),
        "kinds": [
            {"kind": kind, "achievements": [shown(each) for each in ACHIEVEMENTS if each.kind == kind]} for kind in Kind
        ],
    }
