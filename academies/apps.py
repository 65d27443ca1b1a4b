"""The academies app."""

from django.apps import AppConfig


class AcademiesConfig(AppConfig):
    """Tenants, memberships and cohorts."""

    name = "academies"
    verbose_name = "Academies"

    def ready(self) -> None:
        """Listen to events, and say how the journal names what is ours."""
        from academies import naming, subscribers  # noqa: F401
