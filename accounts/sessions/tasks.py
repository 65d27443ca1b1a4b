"""What workers do for sessions."""

from celery import shared_task
from django.utils import timezone

from accounts.sessions import actions


@shared_task(name="accounts.sessions.forget_sessions")
def forget_sessions() -> None:
    """Delete what is left of sessions that are over."""
    actions.forget_sessions(now=timezone.now())
