"""The figures of questions, every night."""

from celery import shared_task
from django.utils import timezone

from exams.psychometrics import compute


@shared_task(name="exams.psychometrics.compute_statistics", time_limit=590)
def compute_statistics() -> None:
    """Count what was answered to every question."""
    compute.compute_all_statistics(now=timezone.now())
