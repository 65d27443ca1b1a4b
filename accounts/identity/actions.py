"""Changes to people."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.events import PasswordChanged, SignedUp, TimeZoneChanged, UserChanged
from accounts.identity.models import User
from accounts.journal.record import record
from accounts.mail.actions import post_letter

PROFILE = ("name", "locale", "time_zone")


@transaction.atomic
def create_user(
    *, email: str, name: str, password: str | None, actor: User | None, now: datetime, **fields: Any
) -> User:
    """A new person. `fields` are further columns (`locale`, `is_staff`). An address that is taken is refused by the
    database.
    """
    user = User.objects.create_user(email, password, name=name, created_at=now, **fields)
    record(UserChanged(user_id=user.pk, fields=[], is_new=True), actor=actor, now=now)
    return user


@transaction.atomic
def sign_up(*, email: str, name: str, password: str, consents: Sequence[str], now: datetime, **fields: Any) -> User:
    """A new person by their own wish, whose address is not verified yet. `fields` are further columns."""
    user = User(email=email.lower(), name=name, created_at=now, **fields)
    user.set_password(password)
    user.save()
    record(SignedUp(user_id=user.pk, consents=list(consents)), actor=user, now=now)
    return user


@transaction.atomic
def change_password(*, user: User, password: str, actor: User, now: datetime) -> None:
    """Give the person another password and tell them by letter.

    Every session ends by that, because it carries a digest of the password; the caller may keep the present one.
    Attempt tokens do not end: each is bound to one sitting that has begun, runs out with it and opens nothing else,
    and nobody must be thrown out of an exam because they changed their password at home.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    record(PasswordChanged(user_id=user.pk), actor=actor, now=now)
    post_letter(
        kind="password_changed",
        to=user,
        context={"link": f"{settings.SITE_URL}/forgot"},
        now=now,
    )


@transaction.atomic
def update_profile(*, user: User, changes: Mapping[str, Any], actor: User, now: datetime) -> User:
    """Change what people say about themselves: `name`, `locale` and `time_zone`, as far as given."""
    changed = User.objects.select_for_update().get(pk=user.pk)
    fields = [name for name in PROFILE if name in changes and getattr(changed, name) != changes[name]]
    if not fields:
        return changed
    zone = changed.time_zone
    for name in fields:
        setattr(changed, name, changes[name])
    changed.save(update_fields=fields)
    record(UserChanged(user_id=changed.pk, fields=fields), actor=actor, now=now)
    record_zone_change(user=changed, before=zone, actor=actor, now=now)
    return changed


def record_zone_change(*, user: User, before: str, actor: User | None, now: datetime) -> None:
    """Say in the journal by which clock the person lived until now, if it was another (`accounts.identity.zones`)."""
    if before != user.time_zone:
        record(TimeZoneChanged(user_id=user.pk, before=before, after=user.time_zone), actor=actor, now=now)
