"""The routes of sessions and of signing in: who gets what, and how their lists grow."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import UserSession
from tests.architecture.access import Access, Given, everybody
from tests.cast import Cast


def a_session_of_somebody_else(cast: Cast) -> Given:
    """A session of a person who is nobody of the table."""
    session = UserSession.objects.create(user=cast.harbour.other_learner.account, session_key="of-somebody-else")
    return Given(path={"session": session.pk})


TABLE: dict[str, Access] = {
    "GET /api/v1/challenge/": everybody(anonymous=200),
    "POST /api/v1/me/linking/": everybody(204),
    # Nobody in the cast sees as somebody else.
    "DELETE /api/v1/impersonation/": everybody(409),
    "GET /api/v1/me/sessions/": everybody(),
    "DELETE /api/v1/me/sessions/": everybody(204),
    "DELETE /api/v1/me/sessions/{session}/": everybody(404, given=a_session_of_somebody_else),
}


def more_sessions(cast: Cast, count: int) -> None:
    """Sign-ins of Harbour's owner."""
    tomorrow = timezone.now() + timedelta(days=1)
    before = UserSession.objects.count()
    for number in range(before, before + count):
        Session.objects.create(session_key=f"session-{number}", session_data="", expire_date=tomorrow)
        UserSession.objects.create(user=cast.harbour.owner.account, session_key=f"session-{number}")


LISTS: dict[str, Callable[[Cast, int], None]] = {"GET /api/v1/me/sessions/": more_sessions}
