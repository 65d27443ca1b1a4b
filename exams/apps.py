"""The exams app."""

from django.apps import AppConfig


class ExamsConfig(AppConfig):
    """Item bank, formats, delivery and marking."""

    name = "exams"
    verbose_name = "Exams"
