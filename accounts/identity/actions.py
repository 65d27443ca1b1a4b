"""Changes to people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.events import UserChanged
from accounts.identity.models import User
from accounts.journal.record import record

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
def update_profile(*, user: User, changes: Mapping[str, Any], actor: User, now: datetime) -> User:
    """Change what people say about themselves: `name`, `locale` and `time_zone`, as far as given."""
    changed = User.objects.select_for_update().get(pk=user.pk)
    fields = [name for name in PROFILE if name in changes and getattr(changed, name) != changes[name]]
    if not fields:
        return changed
    for name in fields:
        setattr(changed, name, changes[name])
    changed.save(update_fields=fields)
    record(UserChanged(user_id=changed.pk, fields=fields), actor=actor, now=now)
    return changed
