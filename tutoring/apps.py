"""The tutoring app. Rooms are added with their first code."""

from django.apps import AppConfig


class TutoringConfig(AppConfig):
    """What teaches: tutor, exercises, sandbox, courses, labs."""

    name = "tutoring"
    verbose_name = "Tutoring"
