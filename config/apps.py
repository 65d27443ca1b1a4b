"""The platform's own Django app: commands, admin site and checks that belong to no single subject."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PlatformConfig(AppConfig):
    """Runs the start-up of the platform as a whole."""

    name = "config"
    verbose_name = "Platform"


class ProficientAdminConfig(AdminConfig):
    """Django's admin with the platform's own site."""

    default_site = "config.admin_site.ProficientAdminSite"
