"""Points are given here, to one learner as things happen and to many when they are counted again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, Sum

from accounts.identity.zones import local_date
from accounts.journal.events import Event
from accounts.journal.models import JournalEntry
from accounts.journal.record import record
from accounts.models import Erasure, User
from gamification.events import XPEarned
from gamification.weeks import week_of
from gamification.xp.models import XPEntry, XPTotal
from gamification.xp.rules import RULES, amounts, worth_of

# A learner in an academy.
Person = tuple[UUID, UUID]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one journal entry is worth under one rule."""

    academy_id: UUID
    learner_id: UUID
    entry_id: int
    rule: str
    about: str
    worth: int
    local_date: date
    week_date: date
    earned_at: datetime

    def is_kept_by(self, row: XPEntry) -> bool:
        """Whether the row says the same."""
        return all(getattr(row, name) == value for name, value in vars(self).items())


def claims_of(event: Any, entry: JournalEntry) -> list[Claim]:
    """What an event is worth, on the last day that its answers were given on; or else the learner's day of then."""
    found = list(worth_of(event))
    if not found or event.academy_id is None:
        return []
    days = getattr(event, "days", None)
    day = date.fromisoformat(max(days)) if days else _day_of(event.learner_id, entry.occurred_at)
    return [
        Claim(
            academy_id=event.academy_id,
            learner_id=event.learner_id,
            entry_id=entry.pk,
            rule=rule.code,
            about=rule.once_for(event) if rule.once_for else "",
            worth=points,
            local_date=day,
            week_date=week_of(entry.occurred_at),
            earned_at=entry.occurred_at,
        )
        for rule, points in found
    ]


def award(*, event: Event, entry: JournalEntry) -> None:
    """Give what an event is worth. Doing it twice, late or in another order comes to the same."""
    grant(claims=claims_of(event, entry), now=entry.occurred_at)


@transaction.atomic
def grant(*, claims: Sequence[Claim], now: datetime, replacing: Iterable[XPEntry] = ()) -> None:
    """Make the entries of these claims, in the place of those in `replacing`, and bring the totals up to date.

    Learners' totals are locked first, so that two events at once cannot use the same cap. Nothing is given to
    somebody who was erased.
    """
    gone = erased(claim.learner_id for claim in claims)
    wanted = {(claim.entry_id, claim.rule, claim.learner_id): claim for claim in claims if claim.learner_id not in gone}
    old = list(replacing)
    people = {(claim.academy_id, claim.learner_id) for claim in wanted.values()}
    people |= {(row.academy_id, row.learner_id) for row in old}
    if not people:
        return
    totals = _locked(people, now=now)
    before = _Weeks()
    stale = [
        row
        for row in old
        if (claim := wanted.get((row.entry_id, row.rule, row.learner_id))) is None or not claim.is_kept_by(row)
    ]
    XPEntry.objects.filter(pk__in=[row.pk for row in stale]).delete()
    before.take(stale)
    held = set(
        XPEntry.objects.filter(entry_id__in={claim.entry_id for claim in wanted.values()}).values_list(
            "entry_id", "rule", "learner"
        )
    )
    fresh = [XPEntry(**vars(claim), amount=0) for key, claim in wanted.items() if key not in held]
    is_in_order = _share_out(fresh, stale, before) and not stale
    _sum_up(totals, before.changes, fresh, is_in_order=is_in_order, now=now)


def erased(learners: Iterable[UUID]) -> set[UUID]:
    """Those of whom nothing is left to be counted for."""
    states = (Erasure.State.RUNNING, Erasure.State.DONE)
    return set(Erasure.objects.filter(user__in=set(learners), state__in=states).values_list("user", flat=True))


class _Weeks:
    """By how much the points of each person and week have changed."""

    def __init__(self) -> None:
        self.changes: defaultdict[Person, Counter[date]] = defaultdict(Counter)

    def take(self, rows: Iterable[XPEntry]) -> None:
        for row in rows:
            self.add(row, -row.amount)

    def add(self, row: XPEntry, points: int) -> None:
        if points:
            self.changes[row.academy_id, row.learner_id][row.week_date] += points


def _share_out(fresh: list[XPEntry], stale: list[XPEntry], changed: _Weeks) -> bool:
    """Give each row its share of its cap, and write the new ones. Says whether no row of before was touched."""
    buckets = {_bucket(row) for row in (*fresh, *stale) if row.rule in RULES}
    sharing: defaultdict[tuple[Any, ...], list[XPEntry]] = defaultdict(list)
    for row in [*_neighbours(buckets), *fresh]:
        if row.rule in RULES and _bucket(row) in buckets:
            sharing[_bucket(row)].append(row)
    moved = []
    for rows in sharing.values():
        rows.sort(key=lambda row: row.entry_id)
        shares = amounts(RULES[rows[0].rule], [row.worth for row in rows])
        for row, amount in zip(rows, shares, strict=True):
            changed.add(row, amount - row.amount)
            if row.pk is not None and row.amount != amount:
                moved.append(row)
            row.amount = amount
    XPEntry.objects.bulk_create(fresh)
    XPEntry.objects.bulk_update(moved, ["amount"])
    return not moved


def _bucket(row: XPEntry) -> tuple[Any, ...]:
    """What shares one cap."""
    is_daily = RULES[row.rule].a_day is not None
    return (row.academy_id, row.learner_id, row.rule, row.local_date if is_daily else row.about)


def _neighbours(buckets: set[tuple[Any, ...]]) -> list[XPEntry]:
    """The rows that are in these buckets, and some that are not."""
    if not buckets:
        return []
    academies, learners, rules, limits = (set(part) for part in zip(*buckets, strict=True))
    dates = {limit for limit in limits if isinstance(limit, date)}
    return list(
        XPEntry.objects.filter(academy__in=academies, learner__in=learners, rule__in=rules).filter(
            Q(local_date__in=dates) | Q(about__in=limits - dates, about__gt="")
        )
    )


def _locked(people: set[Person], *, now: datetime) -> dict[Person, XPTotal]:
    """The totals of these people, locked always in the same order."""
    ordered = sorted(people)
    XPTotal.objects.bulk_create(
        (XPTotal(academy_id=academy, learner_id=learner, reached_at=now) for academy, learner in ordered),
        ignore_conflicts=True,
    )
    rows = XPTotal.objects.filter(academy__in={each[0] for each in people}, learner__in={each[1] for each in people})
    locked = rows.locked().order_by("academy", "learner")
    return {(row.academy_id, row.learner_id): row for row in locked}


def _sum_up(
    totals: dict[Person, XPTotal],
    changes: dict[Person, Counter[date]],
    fresh: list[XPEntry],
    *,
    is_in_order: bool,
    now: datetime,
) -> None:
    """Bring the totals in line with the entries, and say who earned something."""
    reached: dict[Person, datetime] = {}
    for row in fresh:
        if row.amount:
            person = (row.academy_id, row.learner_id)
            reached[person] = max(row.earned_at, reached.get(person, row.earned_at))
    for person, weeks in changes.items():
        total = totals[person]
        entries = XPEntry.objects.filter(academy=person[0], learner=person[1])
        if is_in_order:
            new = total.total + weeks.total()
            at = max(reached[person], total.reached_at) if total.total else reached[person]
        else:
            sums = entries.given().aggregate(points=Sum("amount", default=0), at=Max("earned_at"))
            new, at = sums["points"], sums["at"] or total.reached_at
        if (new, at) != (total.total, total.reached_at):
            XPTotal.objects.filter(academy=person[0], learner=person[1]).update(total=new, reached_at=at)
        for week, points in sorted(weeks.items()):
            if points:
                week_total = entries.filter(week_date=week).aggregate(points=Sum("amount", default=0))["points"]
                event = XPEarned(
                    academy_id=person[0],
                    learner_id=person[1],
                    amount=points,
                    total=new,
                    week_date=week.isoformat(),
                    week_total=week_total,
                )
                record(event, actor=None, now=now)


def _day_of(learner: UUID, at: datetime) -> date:
    return local_date(user=User.objects.get(pk=learner), at=at)
