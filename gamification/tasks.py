"""Index of the app's tasks."""

from gamification.goals.tasks import post_reminders
from gamification.leaderboards.tasks import build_board
from gamification.leagues.tasks import close_leagues
from gamification.streaks.tasks import close_days

__all__ = [
    "build_board",
    "close_days",
    "close_leagues",
    "post_reminders",
]
