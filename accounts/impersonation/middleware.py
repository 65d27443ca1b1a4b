"""Answers a member of staff as the person whom they see as: from a session that is lent, in a transaction that reads.

The admin stays the member of staff's own, and there nothing can be changed either until they end it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import resolve

from accounts.factors.methods import Method
from accounts.factors.proofs import remember_proof
from accounts.identity.models import User
from accounts.impersonation.actions import living_impersonation, note_refusal
from accounts.impersonation.errors import ImpersonationClosed, ImpersonationOver
from accounts.impersonation.models import Impersonation
from accounts.sessions.tracking import session_id
from config.http.error_pages import refusal_of
from config.http.problems import answer
from config.http.throttling import take
from config.kernel.reading import ReadsOnly, reading_only

KEY = "impersonation"
# By which the pages that are open learn that it began or ended in another one.
HEADER = "X-Seen-As"

# Where answers are about a person. The front end's page is the same for everybody.
PERSONAL = ("/api/", "/_allauth/", "/media/")
ADMIN = "/admin/"
SIGN_OUT = "/admin/logout/"
END = "/api/v1/impersonation/"
# What opens the account, or is all that is held about the person. A reader of it would hold more than the pages show.
CLOSED = (
    "/_allauth/",
    "/api/v1/me/factors/",
    "/api/v1/me/step-up/",
    "/api/v1/me/sessions/",
    "/api/v1/me/exports/",
    "/api/v1/me/linking/",
)
SAFE = ("GET", "HEAD", "OPTIONS")

_Handler = Callable[[HttpRequest], HttpResponseBase]


class ImpersonationMiddleware:
    """Stands behind `SessionsMiddleware`, which must see the member of staff and their session alone."""

    def __init__(self, get_response: _Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if not path.startswith((*PERSONAL, ADMIN)) or KEY not in request.session:
            return self.get_response(request)
        staff, now = request.user, request.received_at  # type: ignore[attr-defined]  # see PlatformRequest
        if not isinstance(staff, User):
            return self.get_response(request)
        seen = _seen_by(staff, request, now=now)
        if seen is None and (path.startswith(ADMIN) or path == END):
            # Here the member of staff is themselves again.
            request.session.pop(KEY)
            return self.get_response(request)
        if seen is None:
            response: HttpResponseBase = answer(ImpersonationOver(), request)
        else:
            response = self._looking_on(request, seen, staff=staff, now=now)
        response.headers[HEADER] = "1"
        return response

    def _looking_on(self, request: HttpRequest, seen: Impersonation, *, staff: User, now: datetime) -> HttpResponseBase:
        path = request.path_info
        if path in (END, SIGN_OUT):
            return self.get_response(request)
        if request.method not in SAFE:
            _note(request, seen, staff=staff, now=now)
            return refusal_of(request, ReadsOnly())
        if path.startswith(CLOSED):
            return answer(ImpersonationClosed(), request)
        if path.startswith(ADMIN):
            return self.get_response(request)
        with _as_person(request, seen):
            return self.get_response(request)


def _seen_by(staff: User, request: HttpRequest, *, now: datetime) -> Impersonation | None:
    seen = living_impersonation(
        impersonation=UUID(request.session[KEY]), session=session_id(request.session), staff=staff, now=now
    )
    if seen is not None:
        seen.staff = staff
    return seen


@contextmanager
def _as_person(request: HttpRequest, seen: Impersonation) -> Iterator[None]:
    """The request as one of the person, which can leave no trace: PostgreSQL itself refuses what would write."""
    staff, session = request.user, request.session
    request.user, request.session = seen.user, _lent_session()
    request.impersonation = seen  # type: ignore[attr-defined]  # see PlatformRequest
    try:
        with reading_only(), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            yield
            transaction.set_rollback(True)
    finally:
        request.user, request.session = staff, session


def _lent_session() -> Any:
    """A session that nobody keeps: whole, as the person's own would be, and never fresh."""
    lent = import_module(settings.SESSION_ENGINE).SessionStore()
    remember_proof(lent, by=Method.AUTHENTICATOR, now=datetime.fromtimestamp(0, tz=UTC))
    return lent


def _note(request: HttpRequest, seen: Impersonation, *, staff: User, now: datetime) -> None:
    """Whatever is sent in a loop is refused as often, and put on record as often as the rate allows."""
    if not take(scope="create", who=f"impersonation:{staff.pk}").is_allowed:
        return
    try:
        route = resolve(request.path_info).route
    except Http404:
        route = "unknown"
    note_refusal(seen, method=request.method or "", route=route, actor=staff, now=now)
