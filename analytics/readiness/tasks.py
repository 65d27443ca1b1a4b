"""What readiness believes of attempts that begin, and learns by night."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from analytics.readiness import actions

# Of an attempt that began longer ago nothing is believed any more.
WINDOW = timedelta(minutes=10)


@shared_task(name="analytics.readiness.keep_predictions", expires=60)
def keep_predictions() -> None:
    """Keep what is believed of the attempts that have just begun."""
    now = timezone.now()
    actions.keep_predictions(since=now - WINDOW, now=now)


@shared_task(name="analytics.readiness.refit", time_limit=540, soft_time_limit=510)
def refit() -> None:
    """Count what everybody reaches, and fit how predictions are put right."""
    actions.refit(now=timezone.now())
