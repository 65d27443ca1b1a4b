"""What workers do for sign-ins."""

from celery import shared_task
from django.utils import timezone

from accounts.identity import failures


@shared_task(name="accounts.identity.forget_failures", expires=300)
def forget_failures() -> None:
    """Delete failed sign-ins that count no more."""
    failures.forget_failures(now=timezone.now())
