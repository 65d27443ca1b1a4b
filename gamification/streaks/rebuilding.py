"""Days and streaks made again from the journal."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gamification.streaks.actions import close_days, count, shares_of
from gamification.streaks.models import StreakShare
from gamification.streaks.subscribers import EVENTS
from gamification.xp.replay import told


def rebuild_streaks(*, academy: UUID | None = None, now: datetime) -> int:
    """Count all days again, in the order of the journal; say how many events were read. Repairs stay as they are.

    It may run while learners learn, and may be stopped and begun again. Where nothing was wrong, nothing changes.
    """
    held = StreakShare.objects.all() if academy is None else StreakShare.objects.for_academy(academy)
    read, last = 0, 0
    for batch in told(EVENTS, academy=academy):
        first, last = last, batch[-1][1].pk
        with transaction.atomic():
            shares = [share for event, entry in batch for share in shares_of(event, entry)]
            count(shares=shares, now=now, replacing=held.filter(entry_id__gt=first, entry_id__lte=last))
        read += len(batch)
    close_days(now=now)
    return read
