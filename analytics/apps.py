"""The analytics app. Rooms are added with their first code."""

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    """Recomputes from facts: rollups, insights, reports."""

    name = "analytics"
    verbose_name = "Analytics"
