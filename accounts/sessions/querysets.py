"""Reads of sessions."""

from datetime import datetime
from typing import Any, Self

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet


class UserSessionQuerySet(QuerySet[Any]):
    """Sessions of people who are signed in."""

    def living(self, *, now: datetime) -> Self:
        """Those with which somebody can still come in."""
        return self.filter(_is_open(now))

    def over(self, *, now: datetime) -> Self:
        """Those that ran out, or that ended without saying so."""
        return self.filter(~_is_open(now))


def _is_open(now: datetime) -> Exists:
    return Exists(Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now))
