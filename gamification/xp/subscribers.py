"""Points for what happens, as the table of rules says."""

from accounts.journal.events import Event
from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from gamification.xp.actions import award
from gamification.xp.rules import EVENTS, worth_of


def _is_worth_something(event: Event) -> bool:
    return any(worth_of(event))


def award_xp(event: Event, entry: JournalEntry) -> None:
    """Give what the event is worth."""
    award(event=event, entry=entry)


for _event in EVENTS:
    subscribe(_event, name=f"gamification.award_{_event.__name__}", when=_is_worth_something)(award_xp)
