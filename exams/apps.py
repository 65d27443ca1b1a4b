"""The exams app."""

from django.apps import AppConfig


class ExamsConfig(AppConfig):
    """Item bank, formats, delivery and marking."""

    name = "exams"
    verbose_name = "Exams"

    def ready(self) -> None:
        """Say how the journal names what is ours, and what we hold about people; listen to events."""
        from exams import naming, personal  # noqa: F401
        from exams.marking import subscribers  # noqa: F401
