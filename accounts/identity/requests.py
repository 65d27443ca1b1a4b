"""Who sends a request, and when it came in."""

from datetime import datetime

from django.utils import timezone
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from accounts.identity.models import User


def received_at(request: Request) -> datetime:
    """When the request came in: the `now` of everything that it causes."""
    received: datetime | None = getattr(request._request, "received_at", None)  # noqa: SLF001  # Django's own
    return received or timezone.now()


def signed_in(request: Request) -> User:
    """Who asks. Raises `NotAuthenticated` (401) for a visitor."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user
