"""The academies app."""

from django.apps import AppConfig


class AcademiesConfig(AppConfig):
    """Tenants, memberships and cohorts."""

    name = "academies"
    verbose_name = "Academies"

    def ready(self) -> None:
        """Listen to events, say what is held about people and who needs a second factor, name things in the journal."""
        from academies import naming, personal, subscribers  # noqa: F401
        from academies.tenancy.duties import runs_an_academy
        from accounts.factors.duties import require_factor

        require_factor(runs_an_academy)
