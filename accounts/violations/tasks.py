"""What workers do for violations of the content policy."""

from celery import shared_task
from django.utils import timezone

from accounts.violations import actions


@shared_task(name="accounts.violations.forget_violations")
def forget_violations() -> None:
    """Delete what is too old to act on."""
    actions.forget_violations(now=timezone.now())
