"""The academies app."""

from django.apps import AppConfig


class AcademiesConfig(AppConfig):
    """Tenants, memberships and cohorts."""

    name = "academies"
    verbose_name = "Academies"
