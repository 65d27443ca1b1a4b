"""What workers do for letters."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from accounts.mail import actions


@shared_task(name=actions.SEND_LETTER, expires=300)
def send_letter(letter: str) -> None:
    """Send a letter that was just posted."""
    actions.send_letter(letter=UUID(letter), now=timezone.now())


@shared_task(name="accounts.mail.send_due", expires=60)
def send_due() -> None:
    """Send what is due, whatever the reason that it was not sent at once."""
    actions.send_due(now=timezone.now())


@shared_task(name="accounts.mail.forget_old_letters")
def forget_old_letters() -> None:
    """Delete letters that nobody asks about any more."""
    actions.forget_old_letters(now=timezone.now())
