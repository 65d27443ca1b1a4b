"""What academies do when something happens elsewhere."""

from academies.tenancy.actions import ensure_home
from accounts.events import UserChanged
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
