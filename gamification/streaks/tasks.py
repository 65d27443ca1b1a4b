"""Days end."""

from celery import shared_task
from django.utils import timezone

from gamification.streaks import actions


@shared_task(name="gamification.streaks.close_days", soft_time_limit=300, time_limit=330, expires=600)
def close_days() -> None:
    """Write down what became of the days that are over."""
    actions.close_days(now=timezone.now())
