"""Days are counted, closed and repaired here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum

from academies.models import Membership
from accounts.identity.zones import local_date, today_in
from accounts.journal.models import JournalEntry
from accounts.journal.record import record
from accounts.models import User
from gamification.events import DayActive, StreakRepaired
from gamification.streaks.counting import ACTIVE_ANSWERS, DAY, DayState, Tally, Zones, count_days, is_too_short
from gamification.streaks.errors import NothingToRepair, RepairNotEarned, RepairUsed
from gamification.streaks.models import Streak, StreakDay, StreakRepair, StreakShare
from gamification.streaks.reading import standing_of, zones_of
from gamification.xp.actions import Person, erased

BATCH = 500
_DAY_KEY = ("academy", "learner", "local_date")


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one journal entry says about one day."""

    academy_id: UUID
    learner_id: UUID
    entry_id: int
    local_date: date
    answers: int


def shares_of(event: Any, entry: JournalEntry) -> list[Share]:
    """The days that an event speaks of."""
    return [
        Share(
            academy_id=event.academy_id,
            learner_id=event.learner_id,
            entry_id=entry.pk,
            local_date=date.fromisoformat(day),
            answers=answers,
        )
        for day, answers in event.days.items()
        if answers > 0
    ]


@transaction.atomic
def count(*, shares: Sequence[Share], now: datetime, replacing: Iterable[StreakShare] = ()) -> None:
    """Add what journal entries say to their days, once, in the place of what is in `replacing`.

    What comes late changes what became of its day and of those behind it. Nothing is counted for who was erased.
    """
    gone = erased(share.learner_id for share in shares)
    wanted = {
        (share.entry_id, share.local_date): share for share in shares if share.learner_id not in gone and share.answers
    }
    old = list(replacing)
    first_days = _first_days([*wanted.values(), *old])
    if not first_days:
        return
    streaks = _locked(first_days)
    held = {(row.entry_id, row.local_date): row for row in _rows_of(wanted.values())}
    stale = [row for row in old if not _is_kept(row, wanted)]
    StreakShare.objects.filter(pk__in=[row.pk for row in stale]).delete()
    stale_keys = {(row.entry_id, row.local_date) for row in stale}
    fresh = [StreakShare(**vars(share)) for key, share in wanted.items() if key not in held or key in stale_keys]
    StreakShare.objects.bulk_create(fresh)
    touched: defaultdict[Person, set[date]] = defaultdict(set)
    for row in (*stale, *fresh):
        touched[row.academy_id, row.learner_id].add(row.local_date)
    for person, dates in touched.items():
        _write_days(streaks[person], dates, now=now)


@transaction.atomic
def repair_streak(*, member: Membership, actor: User, now: datetime) -> None:
    """Make good for the one missed day that ended the streak.

    Raises `NothingToRepair`, `RepairUsed` or `RepairNotEarned`.
    """
    streak = Streak.objects.filter(academy=member.academy_id, learner=member.user_id).locked().first()
    today = local_date(user=member.user, at=now)
    standing = standing_of(academy=member.academy_id, learner=member.user, today=today)
    if streak is None or standing.repairable is None:
        raise NothingToRepair
    if standing.repaired_this_month:
        raise RepairUsed
    if not standing.has_earned_repair:
        raise RepairNotEarned
    StreakRepair.objects.create(
        academy=member.academy,
        learner=member.user,
        repaired_date=standing.repairable,
        month_date=today.replace(day=1),
        repaired_at=now,
    )
    if standing.repairable <= streak.counted_to:
        _recount(streak)
    repaired = standing_of(academy=member.academy_id, learner=member.user, today=today)
    event = StreakRepaired(
        academy_id=member.academy_id,
        learner_id=member.user_id,
        repaired_date=standing.repairable.isoformat(),
        length=repaired.tally.length,
    )
    record(event, actor=actor, now=now)


def close_days(*, now: datetime) -> int:
    """Write down what became of the days that are over, zone by zone; say how many streaks were brought up to date.

    Any number of processes may do so at once; what is read before is right as well.
    """
    running = Streak.objects.filter(is_running=True, counted_to__lt=now.date() + DAY)
    zones = list(running.order_by().values_list("learner__time_zone", flat=True).distinct())
    closed = 0
    for zone in zones:
        yesterday = today_in(zone, now=now) - DAY
        while done := _close_batch(zone, yesterday):
            closed += done
    return closed


@transaction.atomic
def _close_batch(zone: str, yesterday: date) -> int:
    due = Streak.objects.filter(is_running=True, counted_to__lt=yesterday, learner__time_zone=zone)
    streaks = list(due.select_related("learner").select_for_update(of=("self",), skip_locked=True)[:BATCH])
    if not streaks:
        return 0
    people = {(streak.academy_id, streak.learner_id) for streak in streaks}
    is_theirs = Q(academy__in={each[0] for each in people}, learner__in={each[1] for each in people})
    answers: defaultdict[Person, dict[date, int]] = defaultdict(dict)
    earliest = min(streak.counted_to for streak in streaks)
    for row in StreakDay.objects.filter(is_theirs, local_date__gt=earliest):
        answers[row.academy_id, row.learner_id][row.local_date] = row.answers
    repaired: defaultdict[Person, set[date]] = defaultdict(set)
    for repair in StreakRepair.objects.filter(is_theirs):
        repaired[repair.academy_id, repair.learner_id].add(repair.repaired_date)
    lived_by = zones_of(streak.learner for streak in streaks)
    states: list[StreakDay] = []
    for streak in streaks:
        person = (streak.academy_id, streak.learner_id)
        states += _count_on(streak, answers[person], repaired[person], lived_by[streak.learner_id], to=yesterday)
        streak.is_running = streak.length > 0 or any(day > yesterday for day in answers[person])
    _save_days(states)
    Streak.objects.bulk_update(streaks, [*vars(Tally()), "counted_to", "is_running"])
    return len(streaks)


def _write_days(streak: Streak, dates: set[date], *, now: datetime) -> None:
    """Bring these days in line with their shares; say which of them have become active."""
    key = {"academy": streak.academy_id, "learner": streak.learner_id}
    shares = StreakShare.objects.filter(**key, local_date__in=dates).order_by()
    sums = dict(shares.values_list("local_date").annotate(answers=Sum("answers")))
    held = {row.local_date: row for row in StreakDay.objects.filter(**key, local_date__in=dates)}
    days, active = [], []
    for day in sorted(dates):
        row = held.get(day) or StreakDay(academy_id=streak.academy_id, learner_id=streak.learner_id, local_date=day)
        row.answers = sums.get(day, 0)
        if row.answers >= ACTIVE_ANSWERS and row.state != DayState.ACTIVE:
            active.append(day)
            row.state = DayState.ACTIVE
        elif row.answers < ACTIVE_ANSWERS and row.state == DayState.ACTIVE:
            row.state = DayState.OPEN
        days.append(row)
    _save_days(days)
    if min(dates) <= streak.counted_to:
        _recount(streak)
    else:
        Streak.objects.filter(**key).update(is_running=True)
    if not active:
        return
    newest = max(active[-1], streak.counted_to + DAY)
    standing = standing_of(academy=streak.academy_id, learner=streak.learner, today=newest)
    for day in active:
        event = DayActive(
            academy_id=streak.academy_id,
            learner_id=streak.learner_id,
            local_date=day.isoformat(),
            length=standing.tally.length,
        )
        record(event, actor=None, now=now)


def _recount(streak: Streak) -> None:
    """Count all days up to `counted_to` again."""
    rows = {row.local_date: row for row in StreakDay.objects.of(streak.academy_id, streak.learner_id)}
    repairs = StreakRepair.objects.filter(academy=streak.academy_id, learner=streak.learner_id)
    to = streak.counted_to
    streak.keep(Tally(), counted_to=min([*rows, to]) - DAY)
    states = _count_on(
        streak,
        {day: row.answers for day, row in rows.items()},
        set(repairs.values_list("repaired_date", flat=True)),
        zones_of([streak.learner])[streak.learner_id],
        to=to,
    )
    decided = {row.local_date for row in states}
    for day, row in rows.items():
        if day <= to and day not in decided and row.state != DayState.OPEN:
            row.state = DayState.OPEN
            states.append(row)
    _save_days(states)
    streak.is_running = True
    Streak.objects.bulk_update([streak], [*vars(Tally()), "counted_to", "is_running"])


def _count_on(
    streak: Streak, answers: dict[date, int], repaired: set[date], zones: Zones, *, to: date
) -> list[StreakDay]:
    """Count a streak on to the end of `to`; the days of which something became."""
    tally, states = count_days(
        streak.tally,
        answers,
        after=streak.counted_to,
        to=to,
        repaired=repaired,
        is_excused=lambda day: is_too_short(day, zones),
    )
    streak.keep(tally, counted_to=to)
    return [
        StreakDay(
            academy_id=streak.academy_id,
            learner_id=streak.learner_id,
            local_date=day,
            answers=answers.get(day, 0),
            state=state,
        )
        for day, state in states.items()
    ]


def _save_days(days: list[StreakDay]) -> None:
    StreakDay.objects.bulk_create(
        days, update_conflicts=True, unique_fields=list(_DAY_KEY), update_fields=["answers", "state"]
    )


def _first_days(rows: Iterable[Share | StreakShare]) -> dict[Person, date]:
    first: dict[Person, date] = {}
    for row in rows:
        person = (row.academy_id, row.learner_id)
        first[person] = min(row.local_date, first.get(person, row.local_date))
    return first


def _locked(first_days: dict[Person, date]) -> dict[Person, Streak]:
    """The streaks of these people, made where there are none, locked always in the same order."""
    Streak.objects.bulk_create(
        (
            Streak(academy_id=academy, learner_id=learner, counted_to=day - DAY)
            for (academy, learner), day in sorted(first_days.items())
        ),
        ignore_conflicts=True,
    )
    rows = Streak.objects.filter(
        academy__in={each[0] for each in first_days}, learner__in={each[1] for each in first_days}
    )
    locked = rows.select_related("learner").locked().order_by("academy", "learner")
    return {(row.academy_id, row.learner_id): row for row in locked}


def _rows_of(shares: Iterable[Share]) -> Iterable[StreakShare]:
    return StreakShare.objects.filter(entry_id__in={share.entry_id for share in shares})


def _is_kept(row: StreakShare, wanted: dict[tuple[int, date], Share]) -> bool:
    share = wanted.get((row.entry_id, row.local_date))
    return share is not None and (share.answers, share.learner_id) == (row.answers, row.learner_id)
