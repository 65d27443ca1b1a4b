"""Marking that was left over."""

from celery import shared_task
from django.utils import timezone

from exams.marking import actions


@shared_task(name="exams.marking.mark_submitted_attempts")
def mark_submitted_attempts() -> None:
    """Mark what is submitted and unmarked."""
    actions.mark_submitted_attempts(now=timezone.now())
