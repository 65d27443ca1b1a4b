"""Writes sign-ins and refused sign-ins into the journal, whichever door they came through.

Django's signals are that one place: the API's sign-in, the admin's and any later one send them.
"""

from collections.abc import Mapping
from typing import Any

from axes.helpers import get_failure_limit
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.events import SignedIn, SignInFailed, SignInLocked
from accounts.identity.lockout import username_of
from accounts.identity.models import User
from accounts.journal.record import record


def address_digest(address: str) -> str:
    """An address as the journal keeps it: HMAC-SHA-256, 32 hexadecimal digits."""
    return salted_hmac("accounts.sign_in_failed", address.lower(), algorithm="sha256").hexdigest()[:32]


@receiver(user_logged_in, dispatch_uid="accounts.signed_in")
def record_sign_in(*, user: User, **_: Any) -> None:
    """Record who signed in."""
    with transaction.atomic(savepoint=False):
        record(SignedIn(user_id=user.pk, is_staff=user.is_staff), actor=user, now=timezone.now())


@receiver(user_login_failed, dispatch_uid="accounts.sign_in_failed")
def record_failure(*, credentials: Mapping[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Record a refused sign-in; not those during a lockout, which anybody could send without end."""
    if request is None or getattr(request, "axes_locked_out", False):
        return
    _record(SignInFailed, username_of(request, credentials) or "")


@receiver(user_locked_out, dispatch_uid="accounts.sign_in_locked")
def record_lockout(*, request: HttpRequest, username: str | None, **_: Any) -> None:
    """Record the failure that locked somebody out, and none of those after it."""
    if getattr(request, "axes_failures_since_start", None) == get_failure_limit(request, None):
        _record(SignInLocked, username or "")


def _record(event: type[SignInFailed], address: str) -> None:
    user_id = User.objects.filter(email=address).values_list("pk", flat=True).first()
    with transaction.atomic():
        record(event(user_id=user_id, address=address_digest(address)), actor=None, now=timezone.now())
