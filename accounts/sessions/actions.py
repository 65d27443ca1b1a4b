"""Ending sessions."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.cached_db import KEY_PREFIX
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import transaction

from accounts.identity.models import User
from accounts.journal.record import record
from accounts.sessions.events import SessionsEnded
from accounts.sessions.models import UserSession


@transaction.atomic
def end_session(*, user: User, session: UUID, actor: User, now: datetime) -> None:
    """End one session of a person. Raises `UserSession.DoesNotExist`."""
    chosen = UserSession.objects.select_for_update().get(pk=session, user=user)
    _end([chosen], user=user, why="chosen", actor=actor, now=now)


@transaction.atomic
def end_sessions(*, user: User, why: str, actor: User | None, now: datetime, keep: UUID | None = None) -> int:
    """End all sessions of a person, or all but one. Says how many; `why` is one of those of `SessionsEnded`."""
    chosen = list(UserSession.objects.select_for_update().filter(user=user).exclude(pk=keep).order_by("pk"))
    if chosen:
        _end(chosen, user=user, why=why, actor=actor, now=now)
    return len(chosen)


def forget_sessions(*, now: datetime) -> int:
    """Delete Django's sessions that ran out, and the rows of sessions that are no more. Says how many rows."""
    Session.objects.filter(expire_date__lt=now).delete()
    forgotten, _ = UserSession.objects.over(now=now).delete()
    return forgotten


def _end(sessions: Iterable[UserSession], *, user: User, why: str, actor: User | None, now: datetime) -> None:
    keys = [session.session_key for session in sessions]
    UserSession.objects.filter(session_key__in=keys).delete()
    record(SessionsEnded(user_id=user.pk, count=len(keys), why=why), actor=actor, now=now)
    _forget(keys)
    # Until the commit a request could still read the session from the database and put it back into the cache.
    transaction.on_commit(lambda: _forget(keys))


def _forget(keys: Sequence[str]) -> None:
    """What `SessionStore(key).delete()` does for one key, for all of them at once."""
    Session.objects.filter(session_key__in=keys).delete()
    caches[settings.SESSION_CACHE_ALIAS].delete_many([f"{KEY_PREFIX}{key}" for key in keys])
