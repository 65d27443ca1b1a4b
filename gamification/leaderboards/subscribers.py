"""What boards do when something happens. Each brings one learner's places in step with what is true by now."""

from datetime import date
from uuid import UUID

from academies.events import MemberJoined, MemberLeft, MembershipChanged
from academies.models import Membership
from accounts.events import UserChanged
from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from gamification.events import BoardPreferenceChanged, XPEarned
from gamification.leaderboards.actions import place_learner
from gamification.weeks import week_of


@subscribe(XPEarned, name="gamification.place_who_earned")
def place_who_earned(event: XPEarned, _entry: JournalEntry) -> None:
    """Move up."""
    _place(event.academy_id, event.learner_id, date.fromisoformat(event.week_date))


@subscribe(BoardPreferenceChanged, name="gamification.place_who_chose")
def place_who_chose(event: BoardPreferenceChanged, entry: JournalEntry) -> None:
    """Leave the boards, or come back: when the process that changed it died too early."""
    _place(event.academy_id, event.learner_id, week_of(entry.occurred_at))


@subscribe(MemberJoined, name="gamification.place_who_joined")
def place_who_joined(event: MemberJoined, entry: JournalEntry) -> None:
    """Who comes back stands where they stood."""
    _place(event.academy_id, event.user_id, week_of(entry.occurred_at))


@subscribe(MemberLeft, name="gamification.remove_who_left")
def remove_who_left(event: MemberLeft, entry: JournalEntry) -> None:
    """Leave the boards."""
    _place(event.academy_id, event.user_id, week_of(entry.occurred_at))


@subscribe(MembershipChanged, name="gamification.place_by_role")
def place_by_role(event: MembershipChanged, entry: JournalEntry) -> None:
    """Only who sits exams stands on boards."""
    _place(event.academy_id, event.user_id, week_of(entry.occurred_at))


@subscribe(UserChanged, name="gamification.place_by_account", when=lambda event: "is_active" in event.fields)
def place_by_account(event: UserChanged, entry: JournalEntry) -> None:
    """Who is suspended leaves the boards of every academy."""
    for academy in Membership.objects.filter(user=event.user_id).values_list("academy", flat=True):
        _place(academy, event.user_id, week_of(entry.occurred_at))


def _place(academy: UUID | None, learner: UUID, week_date: date) -> None:
    if academy is not None:
        place_learner(academy=academy, learner=learner, week_date=week_date)
