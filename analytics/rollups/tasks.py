"""Keeping the rollups up to date."""

from celery import shared_task
from django.utils import timezone

from analytics.rollups import folding


@shared_task(name="analytics.rollups.fold", soft_time_limit=120, time_limit=150)
def fold() -> None:
    """Count what is new."""
    folding.fold(now=timezone.now())


@shared_task(name="analytics.rollups.compare_cohorts", soft_time_limit=120, time_limit=150)
def compare_cohorts() -> None:
    """Find lists of members that have changed without a word, as when somebody was erased."""
    folding.compare_cohorts()
