"""How django-axes counts the failures of an address: in one prepared statement, because every sign-in asks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_ip_address, get_credentials
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest

from accounts.identity.lockout import username_of
from accounts.identity.models import User
from config.kernel.statements import prepared_cursor

_FAILURES = """
SELECT coalesce(sum(failures_since_start) FILTER (WHERE attempt_time >= %s), 0)::bigint, count(*)
FROM axes_accessattempt WHERE username = %s AND ip_address = %s::inet
"""
_RESET = "DELETE FROM axes_accessattempt WHERE username = %s AND ip_address = %s::inet"

Credentials = Mapping[str, Any] | None


class FailureHandler(AxesDatabaseHandler):  # type: ignore[misc]  # django-axes is not typed
    """The handler of django-axes, for failures that count by address and IP together (`AXES_LOCKOUT_PARAMETERS`).

    What has run out is not looked for at every sign-in, in the whole table, but by a task (`forget_failures`).
    """

    def get_failures(self, request: HttpRequest, credentials: Credentials = None) -> int:
        """The failures of this address from this IP that have not run out."""
        since = get_cool_off_threshold(request)
        with prepared_cursor() as cursor:
            cursor.execute(_FAILURES, [since, *_whose(request, credentials)])
            count, rows = cursor.fetchone()
        request.failure_rows = rows  # type: ignore[attr-defined]  # for `user_logged_in`
        return int(count)

    def user_logged_in(self, sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
        """Forget the failures, unless the check before the password has found none."""
        if getattr(request, "failure_rows", 1):
            self.reset_user_attempts(request, get_credentials(user.get_username()))

    def reset_user_attempts(self, request: HttpRequest, credentials: Credentials = None) -> int:
        """Forget them. Returns how many rows they were."""
        with prepared_cursor() as cursor:
            cursor.execute(_RESET, _whose(request, credentials))
            return int(cursor.rowcount)

    def clean_expired_user_attempts(self, request: HttpRequest | None = None, credentials: Credentials = None) -> int:
        """Nothing: a task does."""
        return 0


def forget_failures(*, now: datetime) -> int:
    """Delete what has run out. Returns how many rows they were."""
    deleted, _ = AccessAttempt.objects.filter(attempt_time__lte=now - settings.AXES_COOLOFF_TIME).delete()
    return int(deleted)


def _whose(request: HttpRequest, credentials: Credentials) -> list[str | None]:
    return [username_of(request, credentials), get_client_ip_address(request)]
