"""Follows sign-ins, sign-outs and changes of people, whichever door they came through."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.identity.models import User
from accounts.sessions.actions import end_sessions
from accounts.sessions.devices import device_of, welcome_device
from accounts.sessions.models import UserSession
from accounts.sessions.tracking import begin, session_id


# Under the name of Django's receiver that writes `last_login`, and so in its place: one statement writes both.
@receiver(user_logged_in, dispatch_uid="update_last_login")
def begin_session(*, request: HttpRequest, user: User, **_: Any) -> None:
    """Keep a row of the session, note the time, and look at the device."""
    now = timezone.now()
    device = device_of(request)
    is_known = begin(request, user=user, device=device, now=now)
    # Without headers it was no browser that signed in.
    if request.META and not is_known:
        welcome_device(request, user=user, device=device, now=now)


@receiver(user_logged_out, dispatch_uid="accounts.session_ends")
def forget_session(*, request: HttpRequest, **_: Any) -> None:
    """Who signs out has one session less."""
    ended = session_id(request.session)
    if ended is not None:
        UserSession.objects.filter(pk=ended).delete()


@receiver(post_save, sender=User, dispatch_uid="accounts.sessions_end_with_changes")
def end_sessions_of_changed_user(
    *, instance: User, created: bool, update_fields: Collection[str] | None, **_: Any
) -> None:
    """What makes the sessions of a person worthless ends them, by whatever door it was done.

    The session that changed its own password or factors goes on under another key, as `update_session_auth_hash` sees
    to, and gets a row again.
    """
    why = None if created else _why_over(instance, set(update_fields or ()))
    if why is not None:
        end_sessions(user=instance, why=why, actor=None, now=timezone.now())


def _why_over(person: User, changed: set[str]) -> str | None:
    # Django keeps the new password until the validators have heard of it, which is after this signal.
    if person._password is not None:  # type: ignore[attr-defined]  # noqa: SLF001
        return "password"
    if not person.is_active:
        return "deactivated"
    if "factors_changed_at" in changed:
        return "factors"
    return "erasure" if "erasure_due_at" in changed and person.erasure_due_at else None
