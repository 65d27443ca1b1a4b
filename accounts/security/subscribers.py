"""Which events the alerts listen to."""

from accounts.events import SignedIn, SignInLocked
from accounts.journal.events import Event
from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from accounts.security import alerts


@subscribe(SignInLocked, name="security.lockout_storm")
def watch_lockouts(_: SignInLocked, entry: JournalEntry) -> None:
    """Many at once are an attack."""
    alerts.watch_for_storm(entry=entry)


@subscribe(SignedIn, name="security.staff_sign_in", when=lambda event: event.is_staff)
def watch_sign_ins(event: SignedIn, entry: JournalEntry) -> None:
    """Of staff from a new network."""
    alerts.watch_staff_sign_in(entry=entry, user_id=event.user_id)


@subscribe("accounts.factor_added", name="security.staff_factor")
def watch_factors(event: Event, entry: JournalEntry) -> None:
    """New ones of staff."""
    alerts.watch_staff_factor(entry=entry, user_id=event.user_id)  # type: ignore[attr-defined]  # this kind has it
