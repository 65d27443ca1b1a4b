"""Points for tests of boards and leagues, as the rooms that earn them leave them."""

from datetime import datetime, timedelta
from itertools import count

from django.db import transaction

from academies.models import Membership
from accounts.journal.record import record
from gamification.events import XPEarned
from gamification.models import XPEntry, XPTotal
from gamification.weeks import week_of
from tests.factories.exams import NOW

_entries = count(1_000_000)


def earn(member: Membership, amount: int, *, now: datetime = NOW) -> XPEarned:
    """Points of one member: an entry, the total, and the event, of which nobody has heard yet."""
    academy, learner, week_date = member.academy, member.user, week_of(now)
    with transaction.atomic():
        XPEntry.objects.create(
            academy=academy,
            learner=learner,
            entry_id=next(_entries),
            rule="quiz",
            worth=amount,
            amount=amount,
            local_date=now.date(),
            week_date=week_date,
            earned_at=now,
        )
        total, _ = XPTotal.objects.get_or_create(academy=academy, learner=learner, defaults={"reached_at": now})
        total.total, total.reached_at = total.total + amount, now
        total.save(update_fields=["total", "reached_at"])
        week = XPEntry.objects.filter(academy=academy, learner=learner, week_date=week_date)
        event = XPEarned(
            academy_id=academy.pk,
            learner_id=learner.pk,
            amount=amount,
            total=total.total,
            week_date=week_date.isoformat(),
            week_total=sum(week.values_list("amount", flat=True)),
        )
        record(event, actor=None, now=now)
    return event


def minutes_later(count: int) -> datetime:
    """So long after NOW."""
    return NOW + timedelta(minutes=count)
