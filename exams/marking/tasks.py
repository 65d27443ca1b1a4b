"""Marking that was left over."""

from celery import shared_task
from django.utils import timezone

from exams.marking import actions, marked_answers


@shared_task(name="exams.marking.mark_submitted_attempts")
def mark_submitted_attempts() -> None:
    """Mark what is submitted and unmarked."""
    actions.mark_submitted_attempts(now=timezone.now())


@shared_task(name="exams.marking.show_results")
def show_results() -> None:
    """Show what may be seen by now: what has just been marked, and what waited for the end of a window."""
    marked_answers.show_results(now=timezone.now())
