"""What happens to sessions without anybody asking."""

from celery import shared_task
from django.utils import timezone

from exams.practice.sessions import actions


@shared_task(name="exams.practice.finish_left_sessions", soft_time_limit=60, time_limit=90)
def finish_left_sessions() -> None:
    """Finish what ran out or was left. After an outage that may be more than one helping."""
    while actions.finish_left_sessions(now=timezone.now()) >= actions.SWEEP:
        pass
