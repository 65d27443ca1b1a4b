"""What leagues do when something happens."""

from datetime import date

from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from gamification.events import BoardPreferenceChanged, XPEarned
from gamification.leagues.actions import join_league
from gamification.weeks import week_of


@subscribe(XPEarned, name="gamification.join_who_earned")
def join_who_earned(event: XPEarned, entry: JournalEntry) -> None:
    """The first points of a week lead into a league."""
    if event.academy_id is not None:
        week_date = date.fromisoformat(event.week_date)
        join_league(academy=event.academy_id, learner=event.learner_id, week_date=week_date, now=entry.occurred_at)


@subscribe(BoardPreferenceChanged, name="gamification.join_who_came_back", when=lambda event: not event.is_hidden)
def join_who_came_back(event: BoardPreferenceChanged, entry: JournalEntry) -> None:
    """Who was hidden when they earned their first points of the week joins when they come back."""
    if event.academy_id is not None:
        now = entry.occurred_at
        join_league(academy=event.academy_id, learner=event.learner_id, week_date=week_of(now), now=now)
