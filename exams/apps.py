"""The exams app."""

from django.apps import AppConfig


class ExamsConfig(AppConfig):
    """Item bank, formats, delivery and marking."""

    name = "exams"
    verbose_name = "Exams"

    def ready(self) -> None:
        """Say how the journal names what is ours."""
        from exams import naming  # noqa: F401
