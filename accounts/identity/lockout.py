"""Whose failures count against whom, and what somebody who is locked out is told.

django-axes counts failed sign-ins by address and IP together, so one person's failures never lock a classroom that
shares an IP. That only works when it learns the address from every way of signing in; this module tells it.
"""

import json
import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from axes.helpers import get_client_ip_address, get_cool_off
from axes.models import AccessAttempt
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, RawPostDataException
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from config.http.addresses import client_address
from config.http.problems import exception_handler, is_api
from config.kernel import request_id
from config.kernel.errors import DomainError

# As credentials and forms call the address, in the order of preference.
NAMES = ("email", "username", "login")
# As long as an address may be. A longer one is nobody's, but it must still be counted.
MAX_LENGTH = 254


class LockedOut(DomainError):
    """Too many failed sign-ins."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "locked_out"
    title = "Sign-in is locked"
    default_detail = "Sign-in is locked after too many failures."


def username_of(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str | None:
    """The address that somebody tries to sign in with, lower-cased; None when there is none."""
    for source in (credentials or {}, request.POST, _json_of(request)):
        for name in NAMES:
            value = source.get(name)
            if isinstance(value, str) and value.strip():
                return value.strip().lower()[:MAX_LENGTH].replace("\x00", "")
    return None


def address_of(request: HttpRequest) -> str | None:
    """Where a sign-in comes from, as far as that can be believed; None when that is unknown."""
    return client_address(request) or None


def _json_of(request: HttpRequest) -> Mapping[str, Any]:
    if request.content_type != "application/json":
        return {}
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):
        return {}
    return body if isinstance(body, dict) else {}


def locked_out(
    request: HttpRequest,
    response: HttpResponse | None = None,  # noqa: ARG001  # django-axes passes three
    credentials: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """What somebody who is locked out is answered: 429, and when to try again."""
    seconds = _seconds_left(request, credentials)
    minutes = math.ceil(seconds / 60)
    again = ngettext("Try again in {minutes} minute.", "Try again in {minutes} minutes.", minutes)
    refusal = LockedOut(f"{gettext(LockedOut.default_detail)} {again.format(minutes=minutes)}")
    answer: HttpResponse
    if is_api(request):
        answer = exception_handler(refusal, {"request": request})
    else:
        context = {"code": refusal, "request_id": request_id.current()}
        answer = render(request, "error.html", context, status=refusal.status)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _seconds_left(request: HttpRequest, credentials: Mapping[str, Any] | None) -> int:
    """The cool-off counts from the last failure that was counted."""
    cool_off: timedelta | None = get_cool_off(request)
    if cool_off is None:
        return 0
    last: datetime | None = AccessAttempt.objects.filter(
        username=username_of(request, credentials), ip_address=get_client_ip_address(request)
    ).aggregate(last=Max("attempt_time"))["last"]
    now = timezone.now()
    return max(1, math.ceil(((last or now) + cool_off - now).total_seconds()))
