"""What is recommended is thought through once a day, and when somebody asks."""

from celery import shared_task
from django.utils import timezone

from analytics.recommendations import actions


@shared_task(name="analytics.recommendations.refresh_stale", time_limit=540, soft_time_limit=510)
def refresh_stale() -> None:
    """Think through the recommendations of learners who were here lately, some of them at a time."""
    actions.refresh_stale(now=timezone.now())
