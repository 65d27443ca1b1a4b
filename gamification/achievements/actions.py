"""Deeds are counted and achievements awarded here."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from academies.models import Academy
from accounts.identity.zones import local_date
from accounts.journal.models import JournalEntry
from accounts.journal.record import record
from accounts.models import User
from gamification.achievements.catalogue import ACHIEVEMENTS, Metric
from gamification.achievements.metrics import deeds_of, measure
from gamification.achievements.models import Award, Deed
from gamification.events import AchievementAwarded
from gamification.xp.actions import erased

_AWARD = """
INSERT INTO gamification_award (academy_id, learner_id, code, awarded_at)
SELECT %(academy)s, %(learner)s, reached.code, %(now)s
FROM unnest(%(codes)s::text[]) WITH ORDINALITY AS reached (code, number)
ORDER BY reached.number
ON CONFLICT (academy_id, learner_id, code) DO NOTHING
RETURNING code
"""


@transaction.atomic
def count_deeds(*, event: Any, entry: JournalEntry) -> None:
    """Add what an event says to the counters, once."""
    if erased([event.learner_id]):
        return
    deeds = (
        Deed(
            academy_id=event.academy_id,
            learner_id=event.learner_id,
            entry_id=entry.pk,
            metric=metric,
            amount=amount,
        )
        for metric, amount in deeds_of(event)
    )
    Deed.objects.bulk_create(deeds, ignore_conflicts=True)


@transaction.atomic
def award_reached(
    *, academy: UUID, learner: UUID, metrics: Collection[Metric], now: datetime, today: date | None = None
) -> list[str]:
    """Award what has been reached in these metrics and was not awarded before; the codes. Nothing is taken back."""
    held = set(Award.objects.filter(academy=academy, learner=learner).values_list("code", flat=True))
    open_ones = [each for each in ACHIEVEMENTS if each.metric in metrics and each.code not in held]
    person = User.objects.filter(pk=learner).first()
    if not open_ones or person is None or erased([learner]):
        return []
    values = measure(
        {each.metric for each in open_ones},
        academy=Academy(pk=academy),
        learner=person,
        today=today or local_date(user=person, at=now),
    )
    codes = [each.code for each in open_ones if values[each.metric] >= each.threshold]
    if not codes:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_AWARD, {"academy": academy, "learner": learner, "codes": codes, "now": now})
        new = [code for (code,) in cursor.fetchall()]
    for code in new:
        record(AchievementAwarded(academy_id=academy, learner_id=learner, code=code), actor=None, now=now)
    return new
