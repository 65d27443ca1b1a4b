"""Counters of achievements made again from the journal. What else achievements look at is read from facts anyway."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gamification.achievements.actions import award_reached, count_deeds, rows_of
from gamification.achievements.catalogue import DEEDS
from gamification.achievements.models import Deed
from gamification.achievements.subscribers import EVENTS
from gamification.xp.replay import told


def rebuild_achievements(*, academy: UUID | None = None, now: datetime) -> int:
    """Count all deeds again, in the order of the journal; say how many events were read.

    Awards stay, whatever the counters come to; what is reached with the right ones and was missed is awarded. It may
    run while learners learn, and may be stopped and begun again. Where nothing was wrong, nothing changes.
    """
    held = Deed.objects.all() if academy is None else Deed.objects.for_academy(academy)
    read, last = 0, 0
    for batch in told(EVENTS, academy=academy):
        first, last = last, batch[-1][1].pk
        with transaction.atomic():
            deeds = [deed for event, entry in batch for deed in rows_of(event, entry)]
            changed = count_deeds(deeds=deeds, replacing=held.filter(entry_id__gt=first, entry_id__lte=last))
            for of, learner in sorted(changed):
                award_reached(academy=of, learner=learner, metrics=DEEDS, now=now)
        read += len(batch)
    return read
