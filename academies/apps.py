"""The academies app."""

from django.apps import AppConfig


class AcademiesConfig(AppConfig):
    """Tenants, memberships and cohorts."""

    name = "academies"
    verbose_name = "Academies"

    def ready(self) -> None:
        """Say how the journal names what is ours."""
        from academies import naming  # noqa: F401
