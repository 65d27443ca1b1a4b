"""Index of the app's models."""

from gamification.achievements.models import Award, Deed
from gamification.certificates.models import Certificate
from gamification.goals.models import Goal, GoalDone, Reminder
from gamification.leaderboards.models import BoardPreference
from gamification.leagues.models import League, LeagueMember
from gamification.streaks.models import Streak, StreakDay, StreakRepair, StreakShare
from gamification.xp.models import XPEntry, XPTotal

__all__ = [
    "Award",
    "BoardPreference",
    "Certificate",
    "Deed",
    "Goal",
    "GoalDone",
    "League",
    "LeagueMember",
    "Reminder",
    "Streak",
    "StreakDay",
    "StreakRepair",
    "StreakShare",
    "XPEntry",
    "XPTotal",
]
