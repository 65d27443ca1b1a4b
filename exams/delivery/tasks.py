"""What happens to attempts without anybody asking."""

from celery import shared_task
from django.utils import timezone

from exams.delivery import actions


@shared_task(name="exams.delivery.close_overdue_attempts")
def close_overdue_attempts() -> None:
    """Submit what ran out. After an outage that may be more than one helping."""
    while actions.close_overdue_attempts(now=timezone.now()) >= actions.SWEEP:
        pass
