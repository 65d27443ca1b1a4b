"""The gamification app."""

from django.apps import AppConfig


class GamificationConfig(AppConfig):
    """Reacts to events: XP, levels, achievements, streaks, leaderboards."""

    name = "gamification"
    verbose_name = "Gamification"

    def ready(self) -> None:
        """Say what we hold about people."""
        from gamification import personal  # noqa: F401
