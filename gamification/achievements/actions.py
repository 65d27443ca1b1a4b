"""Deeds are counted and achievements awarded here."""

from collections.abc import Collection, Iterable, Sequence
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
from gamification.xp.actions import Person, erased

_AWARD = """
INSERT INTO gamification_award (academy_id, learner_id, code, awarded_at)
SELECT %(academy)s, %(learner)s, reached.code, %(now)s
FROM unnest(%(codes)s::text[]) WITH ORDINALITY AS reached (code, number)
ORDER BY reached.number
ON CONFLICT (academy_id, learner_id, code) DO NOTHING
RETURNING code
"""


def rows_of(event: Any, entry: JournalEntry) -> list[Deed]:
    """What an event says for the counters. Nothing is written."""
    return [
        Deed(
            academy_id=event.academy_id,
            learner_id=event.learner_id,
            entry_id=entry.pk,
            metric=metric,
            amount=amount,
        )
        for metric, amount in deeds_of(event)
    ]


@transaction.atomic
def count_deeds(*, deeds: Sequence[Deed], replacing: Iterable[Deed] = ()) -> set[Person]:
    """Add what journal entries say to the counters, once, in the place of what is in `replacing`; whose were changed.

    Nothing is counted for who was erased.
    """
    gone = erased(deed.learner_id for deed in deeds)
    wanted = {_told_by(deed): deed for deed in deeds if deed.learner_id not in gone}
    old = list(replacing)
    kept = {_told_by(row) for row in old} & set(wanted)
    stale = [row for row in old if _told_by(row) not in kept]
    fresh = [deed for key, deed in wanted.items() if key not in kept]
    Deed.objects.filter(pk__in=[row.pk for row in stale]).delete()
    Deed.objects.bulk_create(fresh, ignore_conflicts=True)
    return {(row.academy_id, row.learner_id) for row in (*stale, *fresh)}


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


def _told_by(deed: Deed) -> tuple[Any, ...]:
    """All that an entry says with a deed: two that agree in it are the same."""
    return (deed.entry_id, deed.metric, deed.academy_id, deed.learner_id, deed.amount)
