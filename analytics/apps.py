"""The analytics app."""

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    """Recomputes from facts: rollups, insights, reports."""

    name = "analytics"
    verbose_name = "Analytics"

    def ready(self) -> None:
        """Say what we hold about people, and listen to events."""
        from analytics import events, personal, subscribers  # noqa: F401
