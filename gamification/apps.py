"""The gamification app. Rooms are added with their first code."""

from django.apps import AppConfig


class GamificationConfig(AppConfig):
    """Reacts to events: XP, levels, achievements, streaks, leaderboards."""

    name = "gamification"
    verbose_name = "Gamification"
