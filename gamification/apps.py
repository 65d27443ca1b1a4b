"""The gamification app."""

from django.apps import AppConfig


class GamificationConfig(AppConfig):
    """Reacts to events: XP, levels, achievements, streaks, leaderboards."""

    name = "gamification"
    verbose_name = "Gamification"

    def ready(self) -> None:
        """Say what we hold about people; listen to events."""
        from gamification import personal  # noqa: F401
        from gamification.achievements import subscribers as achievements  # noqa: F401
        from gamification.certificates import subscribers as of_certificates  # noqa: F401
        from gamification.goals import subscribers as goals  # noqa: F401
        from gamification.leaderboards import subscribers as of_boards  # noqa: F401
        from gamification.leagues import subscribers as of_leagues  # noqa: F401
        from gamification.streaks import subscribers as streaks  # noqa: F401
        from gamification.xp import subscribers as xp  # noqa: F401
