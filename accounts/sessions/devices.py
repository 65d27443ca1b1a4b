"""Recognises the browsers that people sign in with, and tells them about one that they have not used before.

A browser carries a signed, random cookie that outlives sessions. It opens nothing: without it a sign-in is only
noticed.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.formats import date_format

from accounts.identity.models import User
from accounts.journal.record import record
from accounts.mail.actions import post_letter
from accounts.sessions.clients import Client, client_of
from accounts.sessions.events import NewDeviceSignedIn
from accounts.sessions.models import KnownDevice

SALT = "accounts.device"
KEPT = timedelta(days=400)  # the longest that browsers keep a cookie


def device_of(request: HttpRequest) -> str:
    """The digest of the browser's cookie: of the one that it has, or of the one that it gets with the response."""
    token = _token(request) or secrets.token_urlsafe(24)
    request.device_token = token  # type: ignore[attr-defined]  # for `give_cookie`, when there is a response
    return _digest(token)


@transaction.atomic(savepoint=False)
def welcome_device(request: HttpRequest, *, user: User, device: str, now: datetime) -> None:
    """A person signs in with a browser that is new to them. They are told, except at their first sign-in ever."""
    is_first = not KnownDevice.objects.filter(user=user).exists()
    # Twice at once with one cookie is one device.
    KnownDevice.objects.bulk_create(
        [KnownDevice(user=user, digest=device, first_seen_at=now, last_seen_at=now)], ignore_conflicts=True
    )
    if not is_first:
        _announce(client_of(request), user=user, now=now)


def is_known_device(request: HttpRequest, *, email: str) -> bool:
    """Whether the person with this address has signed in with this browser before."""
    token = _token(request)
    return token is not None and KnownDevice.objects.filter(user__email=email, digest=_digest(token)).exists()


def give_cookie(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser carry the cookie, or carry it for longer."""
    token: str | None = getattr(request, "device_token", None)
    if token is not None:
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            signing.Signer(salt=SALT).sign(token),
            max_age=KEPT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def in_words(address: str) -> str:
    """A network as people read it: what its addresses begin with. "" for none."""
    if ":" in address:
        return address.rstrip(":")
    return address.rpartition(".")[0]


def moment_in_words(moment: datetime, *, user: User) -> str:
    """A moment in the person's language and time zone, with the zone named."""
    with translation.override(user.locale):
        return f"{date_format(moment.astimezone(ZoneInfo(user.time_zone)), 'DATETIME_FORMAT')} ({user.time_zone})"


def _token(request: HttpRequest) -> str | None:
    try:
        return signing.Signer(salt=SALT).unsign(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))
    except signing.BadSignature:
        return None


def _digest(token: str) -> str:
    # Not keyed: the token is random, and a device stays known when the platform's secret is replaced.
    return hashlib.sha256(token.encode()).hexdigest()


def _announce(client: Client, *, user: User, now: datetime) -> None:
    record(
        NewDeviceSignedIn(user_id=user.pk, browser=client.browser, system=client.system, address=client.address),
        actor=user,
        now=now,
    )
    post_letter(
        kind="new_sign_in",
        to=user,
        context={
            "name": user.display_name,
            "device": client.device,
            "address": in_words(client.address),
            "when": moment_in_words(now, user=user),
            "url": f"{settings.SITE_URL}/settings/sessions",
        },
        now=now,
    )
