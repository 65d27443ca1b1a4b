"""Counts failed sign-ins, whichever door they came through."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.challenges.guard import note_failure
from accounts.identity.lockout import username_of


@receiver(user_login_failed, dispatch_uid="accounts.failure_counts")
def count_failure(*, credentials: Mapping[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """One more for the account and for the address."""
    if request is not None:
        note_failure(request, account=username_of(request, credentials) or "")
