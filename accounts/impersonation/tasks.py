"""What workers do for impersonations."""

from celery import shared_task
from django.utils import timezone

from accounts.impersonation import actions


@shared_task(name="accounts.impersonation.end_overdue")
def end_overdue_impersonations() -> None:
    """End what is over, though nobody came by since."""
    actions.end_overdue(now=timezone.now())
