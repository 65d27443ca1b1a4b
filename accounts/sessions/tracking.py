"""Keeps the row of a session in step with Django's session.

The session carries the row's id, when it began and when it was last used, so that an ordinary request asks the
database nothing: what it needs came with the session from the cache.
"""

from datetime import datetime, timedelta
from typing import Any, TypedDict
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts.identity.models import User
from accounts.sessions.clients import client_of
from accounts.sessions.models import UserSession
from config.kernel.ids import new_id
from config.kernel.statements import prepared_cursor

TRACKED = "tracked"
# "Last used" may be behind by this much; every step of it is a write.
STEP = timedelta(minutes=5)

_LISTED = """
INSERT INTO accounts_usersession
    (id, user_id, session_key, browser, system, address, signed_in_at, last_used_at)
VALUES (%(row)s, %(user)s, %(key)s, %(browser)s, %(system)s, %(address)s, %(began)s, %(now)s)
ON CONFLICT (id) DO UPDATE SET
    session_key = excluded.session_key, browser = excluded.browser, system = excluded.system,
    address = excluded.address, signed_in_at = excluded.signed_in_at, last_used_at = excluded.last_used_at
"""
# All that a sign-in changes about a person, who is one that exists: so there is always a row.
_BEGUN = f"""
WITH listed AS ({_LISTED}),
seen AS (
    UPDATE accounts_knowndevice SET last_seen_at = %(now)s WHERE user_id = %(user)s AND digest = %(device)s RETURNING 1
)
UPDATE accounts_user SET last_login = %(now)s WHERE id = %(user)s RETURNING EXISTS (SELECT FROM seen)
"""  # noqa: S608 - made of the constant above  # nosec B608


class _Tracked(TypedDict):
    id: str
    signed_in_at: str
    used_at: str


def session_id(session: SessionBase) -> UUID | None:
    """The row of a session."""
    tracked = _of(session)
    return UUID(tracked["id"]) if tracked else None


def begin(request: HttpRequest, *, user: User, device: str, now: datetime) -> bool:
    """Somebody has signed in with this session. Returns whether they have before with this device (its digest)."""
    session = request.session
    if session.session_key is None:
        session.create()
    is_known: bool = _write(
        _BEGUN, request, user=user, row=session_id(session) or new_id(), began=now, now=now, device=device
    )
    user.last_login = now
    return is_known


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
        _write(_LISTED, request, user=user, row=session_id(session) or new_id(), began=began, now=now)
    elif now - datetime.fromisoformat(tracked["used_at"]) >= STEP:
        used = UserSession.objects.filter(pk=tracked["id"])
        # A session that was ended meanwhile must not be written again.
        if used.update(last_used_at=now, address=client_of(request).address):
            _remember(session, tracked | {"used_at": now.isoformat()}, now=now)


def _of(session: SessionBase) -> _Tracked | None:
    tracked: _Tracked | None = session.get(TRACKED)
    return tracked


def _write(
    statement: str, request: HttpRequest, *, user: User, row: UUID, began: datetime, now: datetime, **further: str
) -> Any:
    """Run the statement, which lists the session. Returns what it returns, if it does."""
    client = client_of(request)
    key = request.session.session_key or ""
    values: dict[str, Any] = {
        "row": row,
        "user": user.pk,
        "key": key,
        "browser": client.browser,
        "system": client.system,
        "address": client.address,
        "began": began,
        "now": now,
    }
    with prepared_cursor() as cursor:
        cursor.execute(statement, values | further)
        found = cursor.fetchone() if cursor.description else None
    request.session_key_in_row = key  # type: ignore[attr-defined]  # for `keep_up`
    tracked: _Tracked = {"id": str(row), "signed_in_at": began.isoformat(), "used_at": now.isoformat()}
    _remember(request.session, tracked, now=now)
    return found[0] if found else None


def _remember(session: SessionBase, tracked: _Tracked, *, now: datetime) -> None:
    """Sessions end when they are idle for long, and some time after the sign-in however busy they are."""
    session[TRACKED] = tracked
    began = datetime.fromisoformat(tracked["signed_in_at"])
    idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    session.set_expiry(min(now + idle, began + settings.SESSION_LONGEST))
