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
