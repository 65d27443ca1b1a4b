"""What workers do for security."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from accounts.security import alerts


@shared_task(name="accounts.security.check_journal", time_limit=3600, soft_time_limit=3500)
def check_journal() -> bool:
    """Prove the journal's chain every night."""
    with transaction.atomic():
        return alerts.check_journal(now=timezone.now())
