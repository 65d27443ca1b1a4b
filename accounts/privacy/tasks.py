"""What workers do for privacy."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from accounts.privacy import erasure, exports


@shared_task(name=exports.MAKE_EXPORT, expires=300)
def make_export(export: str) -> None:
    """Make the file that was just asked for."""
    exports.make_export(export=UUID(export), now=timezone.now())


@shared_task(name="accounts.privacy.make_due_exports", expires=60)
def make_due_exports() -> None:
    """Make what is due, whatever the reason that it was not made at once."""
    exports.make_due_exports(now=timezone.now())


@shared_task(name="accounts.privacy.forget_old_exports")
def forget_old_exports() -> None:
    """Delete the files whose time is over."""
    exports.forget_old_exports(now=timezone.now())


@shared_task(name="accounts.privacy.erase_due", expires=300)
def erase_due() -> None:
    """Erase the people whose time of grace is over."""
    erasure.erase_due(now=timezone.now())


@shared_task(name="accounts.privacy.give_up_unverified", expires=300)
def give_up_unverified() -> None:
    """Have accounts erased whose address was never proved."""
    erasure.give_up_unverified(now=timezone.now())
