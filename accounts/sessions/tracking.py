"""Keeps the row of a session in step with Django's session.

The session carries the row's id, when it began and when it was last used, so that an ordinary request asks the
database nothing: what it needs came with the session from the cache.
"""

from datetime import datetime, timedelta
from typing import TypedDict
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts.identity.models import User
from accounts.sessions.clients import client_of
from accounts.sessions.models import UserSession
from config.kernel.ids import new_id

TRACKED = "tracked"
# "Last used" may be behind by this much; every step of it is a write.
STEP = timedelta(minutes=5)


class _Tracked(TypedDict):
    id: str
    signed_in_at: str
    used_at: str


def session_id(session: SessionBase) -> UUID | None:
    """The row of a session."""
    tracked = _of(session)
    return UUID(tracked["id"]) if tracked else None


def begin(request: HttpRequest, *, user: User, now: datetime) -> None:
    """Somebody has signed in with this session."""
    session = request.session
    if session.session_key is None:
        session.create()
    _write(request, user=user, row=session_id(session) or new_id(), signed_in_at=now, now=now)


def keep_up(request: HttpRequest, *, key_before: str | None, now: datetime) -> None:
    """The session was used: note it once in a while, and at once when its key has changed.

    Sessions that nobody knows of are from before sessions had rows.
    """
    session = request.session
    user = request.user
    if session.is_empty() or session.session_key is None or not isinstance(user, User):
        return
    tracked = _of(session)
    has_moved = session.session_key != getattr(request, "session_key_in_row", key_before)
    if tracked is None or has_moved:
        began = datetime.fromisoformat(tracked["signed_in_at"]) if tracked else now
        _write(request, user=user, row=session_id(session) or new_id(), signed_in_at=began, now=now)
    elif now - datetime.fromisoformat(tracked["used_at"]) >= STEP:
        used = UserSession.objects.filter(pk=tracked["id"])
        # A session that was ended meanwhile must not be written again.
        if used.update(last_used_at=now, address=client_of(request).address):
            _remember(session, tracked | {"used_at": now.isoformat()}, now=now)


def _of(session: SessionBase) -> _Tracked | None:
    tracked: _Tracked | None = session.get(TRACKED)
    return tracked


def _write(request: HttpRequest, *, user: User, row: UUID, signed_in_at: datetime, now: datetime) -> None:
    client = client_of(request)
    written = UserSession(
        pk=row,
        user=user,
        session_key=request.session.session_key or "",
        browser=client.browser,
        system=client.system,
        address=client.address,
        signed_in_at=signed_in_at,
        last_used_at=now,
    )
    UserSession.objects.bulk_create(
        [written],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["session_key", "browser", "system", "address", "signed_in_at", "last_used_at"],
    )
    request.session_key_in_row = written.session_key  # type: ignore[attr-defined]  # for `keep_up`
    tracked: _Tracked = {"id": str(row), "signed_in_at": signed_in_at.isoformat(), "used_at": now.isoformat()}
    _remember(request.session, tracked, now=now)


def _remember(session: SessionBase, tracked: _Tracked, *, now: datetime) -> None:
    """Sessions end when they are idle for long, and some time after the sign-in however busy they are."""
    session[TRACKED] = tracked
    began = datetime.fromisoformat(tracked["signed_in_at"])
    idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    session.set_expiry(min(now + idle, began + settings.SESSION_LONGEST))
