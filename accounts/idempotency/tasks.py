"""What happens to keys beside the requests."""

from celery import shared_task
from django.utils import timezone

from accounts.idempotency.actions import forget_old_keys as forget


@shared_task(name="accounts.idempotency.forget_old_keys")
def forget_old_keys() -> int:
    """Delete keys that no longer count."""
    return forget(now=timezone.now())
