"""Entries and totals made again from the journal."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gamification.xp.actions import claims_of, grant
from gamification.xp.models import XPEntry
from gamification.xp.replay import told
from gamification.xp.rules import EVENTS


def rebuild_xp(*, academy: UUID | None = None, now: datetime) -> int:
    """Give all points again, in the order of the journal; say how many events were read.

    Each batch takes the place of what it had given before in one transaction, so that it may run while learners
    earn points, and may be stopped and begun again. Where nothing was wrong, nothing changes.
    """
    given = XPEntry.objects.all() if academy is None else XPEntry.objects.for_academy(academy)
    read, last = 0, 0
    for batch in told(EVENTS, academy=academy):
        first, last = last, batch[-1][1].pk
        with transaction.atomic():
            claims = [claim for event, entry in batch for claim in claims_of(event, entry)]
            grant(claims=claims, now=now, replacing=given.filter(entry_id__gt=first, entry_id__lte=last))
        read += len(batch)
    return read
