"""Goals are set and reached here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from academies.models import Membership
from accounts.identity.zones import local_date
from accounts.journal.record import record
from accounts.models import User
from gamification.events import GoalReached, GoalsChanged
from gamification.goals.models import Goal, Period
from gamification.goals.progress import progress_of, start_of
from gamification.xp.actions import erased

_REACH = """
INSERT INTO gamification_goaldone (academy_id, learner_id, period, kind, start_date, target, reached_at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (academy_id, learner_id, period, kind, start_date) DO NOTHING
RETURNING id
"""


@dataclass(frozen=True, kw_only=True)
class GoalState:
    """A goal and how far its learner is."""

    goal: Goal
    done: int

    @property
    def is_reached(self) -> bool:
        """Whether that is all of it."""
        return self.done >= self.goal.target


@transaction.atomic
def set_goals(*, member: Membership, goals: Sequence[Mapping[str, Any]], actor: User, now: datetime) -> None:
    """Replace the goals of a learner: `period`, `kind` and `target` of each. One that stays as it was goes on."""
    Membership.objects.locked().get(pk=member.pk)
    today = local_date(user=member.user, at=now)
    rows = Goal.objects.filter(academy=member.academy_id, learner=member.user_id)
    held = {(goal.period, goal.kind): goal for goal in rows}
    wanted = {(goal["period"], goal["kind"]): goal["target"] for goal in goals}
    changed = {key for key in {*held, *wanted} if key not in held or held[key].target != wanted.get(key)}
    if not changed:
        return
    rows.filter(pk__in=[held[key].pk for key in changed if key in held]).delete()
    Goal.objects.bulk_create(
        Goal(
            academy=member.academy, learner=member.user, period=key[0], kind=key[1], target=wanted[key], from_date=today
        )
        for key in sorted(changed & wanted.keys())
    )
    texts = [f"{target} {kind} in a {period}" for (period, kind), target in sorted(wanted.items())]
    record(GoalsChanged(academy_id=member.academy_id, learner_id=member.user_id, goals=texts), actor=actor, now=now)


def goals_of(*, academy: UUID, learner: UUID, today: date) -> list[GoalState]:
    """The goals of a learner with how far they are today and this week. Three statements."""
    goals = list(Goal.objects.filter(academy=academy, learner=learner))
    if not goals:
        return []
    progress = progress_of({(academy, learner): today})[academy, learner]
    return [GoalState(goal=goal, done=progress[goal.period, goal.kind]) for goal in goals]


@transaction.atomic
def note_reached(*, academy: UUID, learner: UUID, dates: Iterable[date], now: datetime) -> None:
    """Write down the goals that were reached in the days and weeks of these dates, each once."""
    if not Goal.objects.filter(academy=academy, learner=learner).exists() or erased([learner]):
        return
    for day in sorted(set(dates)):
        for state in goals_of(academy=academy, learner=learner, today=day):
            goal, start = state.goal, start_of(state.goal.period, day)
            if not state.is_reached or start < start_of(goal.period, goal.from_date):
                continue
            values: list[Any] = [academy, learner, goal.period, goal.kind, start, goal.target, now]
            with connection.cursor() as cursor:
                cursor.execute(_REACH, values)
                is_new = cursor.fetchone() is not None
            if is_new:
                event = GoalReached(
                    academy_id=academy,
                    learner_id=learner,
                    period=Period(goal.period),
                    goal=goal.kind,
                    target=goal.target,
                    start_date=start.isoformat(),
                )
                record(event, actor=None, now=now)
