"""Everything that moves a learner, read in a constant number of statements."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from academies.models import Membership
from accounts.identity.zones import local_date
from gamification.achievements.models import Award
from gamification.goals.actions import GoalState, goals_of
from gamification.streaks.reading import Standing, standing_of
from gamification.xp.levels import Level, level_of
from gamification.xp.models import XPEntry, XPTotal

NEWEST = 3


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a learner stands in an academy."""

    xp: int
    xp_today: int
    level: Level
    streak: Standing
    goals: list[GoalState]
    awards: list[Award]


def place_of(*, member: Membership, now: datetime) -> Place:
    """Points, level, streak, goals and the newest awards of a learner today."""
    today = local_date(user=member.user, at=now)
    mine = {"academy": member.academy_id, "learner": member.user_id}
    xp = XPTotal.objects.filter(**mine).values_list("total", flat=True).first() or 0
    today_entries = XPEntry.objects.filter(**mine, local_date=today)
    return Place(
        xp=xp,
        xp_today=today_entries.aggregate(points=Sum("amount", default=0))["points"],
        level=level_of(xp),
        streak=standing_of(academy=member.academy_id, learner=member.user, today=today),
        goals=goals_of(academy=member.academy_id, learner=member.user_id, today=today),
        awards=list(Award.objects.filter(**mine)[:NEWEST]),
    )
