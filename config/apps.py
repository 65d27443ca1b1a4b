"""The platform's own Django app: commands, admin site and checks that belong to no single subject."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Runs the start-up of the platform as a whole."""

    name = "config"
    verbose_name = "Platform"
