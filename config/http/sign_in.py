"""Stands in front of allauth's endpoints: bodies that its own parser would stumble over, and a limit on sign-ins.

Who fails too often for one account is locked out by django-axes. These limits count tries, also successful ones: of
one client for one account, and of one client for any.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase
from django.http.request import UnreadablePostError
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import APIException

from config.http.error_pages import refuse
from config.http.parsing import read_json
from config.http.problems import RETRY_AFTER_SECONDS, answer, problem_response
from config.http.throttling import address_key, take_each
from config.kernel.errors import DomainError

PREFIX = "/_allauth/"
SIGN_IN = "/auth/login"
# The other form that takes a password.
ADMIN = "/admin/login/"
REDIRECT = "/auth/provider/redirect"
# Where the browser comes back from a provider, with a code that somebody may have made up.
CALLBACKS = ("/github/callback", "/google/callback")
GUESSING = (
    SIGN_IN,
    REDIRECT,
    "/auth/signup",
    "/auth/email/verify",
    "/auth/email/verify/resend",
    "/auth/password/request",
    "/auth/password/reset",
    "/auth/reauthenticate",
)


class SignInMiddleware:
    """Refuses what allauth must not see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if path == ADMIN and request.method == "POST":
            refusal = _limited(request, _by_account(request, request.POST.get("username", "")))
        elif not path.startswith(PREFIX):
            refusal = None
        elif path.endswith(CALLBACKS):
            refusal = _limited(request, _by_address(request))
        elif request.method in ("GET", "HEAD", "OPTIONS"):
            refusal = None
        elif path.endswith(REDIRECT):
            # A form, because the browser goes to where it is sent.
            refusal = _limited(request, _by_address(request))
        else:
            refusal = _examined(request)
        return refusal or self.get_response(request)


def _examined(request: HttpRequest) -> HttpResponseBase | None:
    """The refusal of a body that allauth must not see, or of one too many; each counts, whatever its body is."""
    body: Any = {}
    refusal: HttpResponseBase | None = None
    try:
        body = read_json(request)
    except (APIException, DomainError, RequestDataTooBig, UnreadablePostError) as error:
        refusal = answer(error, request)
    if not isinstance(body, dict):
        refusal = problem_response(request, "parse_error", "The body has to be a JSON object.")
    counted = [_by_address(request)] if request.path_info.endswith(GUESSING) else []
    if request.path_info.endswith(SIGN_IN) and refusal is None:
        counted.append(_by_account(request, str(body.get("email", ""))))
    return _limited(request, *counted) or refusal


def _by_address(request: HttpRequest) -> tuple[str, str]:
    return "sign_in", address_key(request)


def _by_account(request: HttpRequest, account: str) -> tuple[str, str]:
    digest = salted_hmac("config.http.sign_in", account.strip().lower()).hexdigest()
    return "sign_in_account", f"{address_key(request)}:{digest}"


def _limited(request: HttpRequest, *counted: tuple[str, str]) -> HttpResponseBase | None:
    """Count the try in each scope. Without Redis nobody can be counted, so nobody may try."""
    if not counted:
        return None
    states = take_each(*counted)
    # What the response tells of: the one that refuses, or else the narrowest, which is the last.
    state = next((state for state in states if not state.is_allowed), states[-1])
    request.rate_state = state  # type: ignore[attr-defined]  # see PlatformRequest
    if state.is_allowed:
        return None
    if not state.is_counted:
        return _refused(request, "unavailable", seconds=RETRY_AFTER_SECONDS)
    return _refused(request, "throttled", seconds=state.reset_seconds)


def _refused(request: HttpRequest, code: str, *, seconds: int) -> HttpResponseBase:
    response = refuse(request, code)
    response.headers["Retry-After"] = str(seconds)
    return response
