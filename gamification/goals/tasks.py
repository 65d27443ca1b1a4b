"""Letters whose hour has come."""

from celery import shared_task
from django.utils import timezone

from gamification.goals import reminders


@shared_task(name="gamification.goals.post_reminders", soft_time_limit=240, time_limit=270, expires=300)
def post_reminders() -> None:
    """Remind those whose goal of the day is not reached."""
    reminders.post_reminders(now=timezone.now())
