"""What workers do for leagues."""

from celery import shared_task
from django.utils import timezone

from gamification.leagues import actions


@shared_task(name="gamification.leagues.close_leagues", expires=300)
def close_leagues() -> None:
    """Close the leagues of weeks that are over."""
    actions.close_leagues(now=timezone.now())
