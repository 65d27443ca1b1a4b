"""Putting learners onto boards and taking them off, and what they choose for themselves."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID

import redis
from django.db import transaction

from academies.models import Membership
from accounts.journal.record import record
from config.kernel.compiled import CompiledRead
from gamification.events import BoardPreferenceChanged
from gamification.leaderboards import projection
from gamification.leaderboards.boards import Board, weight_of
from gamification.leaderboards.models import BoardPreference
from gamification.leaderboards.reading import points_on
from gamification.weeks import week_of

# Read with every look at a board.
_PREFERENCE = CompiledRead(
    lambda *, academy, learner: BoardPreference.objects.filter(academy=academy, learner=learner).order_by()[:1],
    academy=UUID,
    learner=UUID,
)


@transaction.atomic
def place_learner(*, academy: UUID, learner: UUID, week_date: date) -> None:
    """Bring the boards of an academy, of all time and of one week, in step with what is true of a learner.

    Repeating it changes nothing, and calls may come in any order. Raises `redis.RedisError`.
    """
    # One at a time for each learner: what is written last has been read last.
    _locked(academy, learner)
    for board in (Board(academy_id=academy), Board(academy_id=academy, week_date=week_date)):
        row = points_on(board).filter(learner=learner).order_by("learner_id").first()
        weight = weight_of(points=row["points"], reached_at=row["reached_at"]) if row else None
        projection.write(board, learner=learner, weight=weight)


@transaction.atomic
def change_board_preference(*, changes: dict[str, Any], actor: Membership, now: datetime) -> BoardPreference:
    """A learner hides or shows themselves, or chooses by what name they stand there. It holds at once, everywhere."""
    _locked(actor.academy_id, actor.user_id)
    preference = preference_of(actor)
    fields = sorted(name for name, value in changes.items() if getattr(preference, name) != value)
    if not fields:
        return preference
    for name in fields:
        setattr(preference, name, changes[name])
    preference.changed_at = now
    preference.save()
    event = BoardPreferenceChanged(
        academy_id=actor.academy_id,
        learner_id=actor.user_id,
        is_hidden=preference.is_hidden,
        name_shown=preference.name_shown,
    )
    record(event, actor=actor.user, now=now)
    transaction.on_commit(lambda: _place_now(actor, week_of(now)))
    return preference


def preference_of(member: Membership) -> BoardPreference:
    """What a learner chose; what holds for everybody, in a row that is not saved, for who chose nothing."""
    own = _PREFERENCE.first(academy=member.academy_id, learner=member.user_id)
    return own or BoardPreference(academy_id=member.academy_id, learner_id=member.user_id)


def _locked(academy: UUID, learner: UUID) -> None:
    people = Membership.objects.for_academy(academy).filter(user=learner)
    people.select_for_update(no_key=True).order_by().first()


def _place_now(member: Membership, week_date: date) -> None:
    # While Redis is away boards come from PostgreSQL, where it holds already; the subscriber tries until it is back.
    with suppress(redis.RedisError):
        place_learner(academy=member.academy_id, learner=member.user_id, week_date=week_date)
