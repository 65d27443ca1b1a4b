"""Which day it was for a person: their own zone at that moment, whatever zone they are in today.

What is counted by day (streaks, goals, daily points) stays right when somebody travels, and comes out the same when it
is counted again later.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.identity.events import TimeZoneChanged
from accounts.identity.models import User
from accounts.journal.models import JournalEntry


def zone_at(*, user: User, at: datetime) -> str:
    """The person's time zone at a moment: what the first change after it replaced, or today's. One statement."""
    later = JournalEntry.objects.filter(
        kind=TimeZoneChanged.kind, subject_id=str(user.pk), occurred_at__gt=at
    ).order_by("id")
    before: str | None = later.values_list("payload__before", flat=True).first()
    return before or user.time_zone


def today_in(zone: str, *, now: datetime) -> date:
    """Today's date in a zone. Of `user.time_zone`: nobody has changed zones since now, so that no journal is asked."""
    return now.astimezone(ZoneInfo(zone)).date()


def local_date(*, user: User, at: datetime) -> date:
    """The date on the person's calendar at a moment."""
    return today_in(zone_at(user=user, at=at), now=at)
