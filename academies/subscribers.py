"""What academies do when something happens elsewhere."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from academies.tenancy.actions import ensure_home
from accounts.events import UserChanged
from accounts.identity.verification import address_verified
from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from accounts.models import User


@subscribe(UserChanged, name="academies.give_a_home")
def give_a_home(event: UserChanged, entry: JournalEntry) -> None:
    """A new person who was not put into an academy belongs to the house academy; staff belong to none."""
    if not event.is_new:
        return
    user = User.objects.filter(pk=event.user_id, is_staff=False).first()
    if user is not None:
        ensure_home(user=user, actor=entry.actor, now=entry.occurred_at)


@receiver(address_verified, dispatch_uid="academies.welcome")
def welcome(*, user: User, by: str, now: datetime, **_: Any) -> None:
    """Who opened an account belongs to the house academy, at once: the next page shows where they belong.

    Who comes with an invitation accepts it next, and belongs there.
    """
    if by != "invitation":
        ensure_home(user=user, actor=user, now=now)
