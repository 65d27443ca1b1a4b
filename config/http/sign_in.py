"""Stands in front of allauth's endpoints: bodies that its own parser would stumble over, and a limit on sign-ins.

Who fails too often for one account is locked out by django-axes. These limits count tries, also successful ones: of
one client for one account, and of one client for any.
"""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase
from django.http.request import UnreadablePostError
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import APIException

from config.http.error_pages import refuse
from config.http.parsing import read_json
from config.http.problems import RETRY_AFTER_SECONDS, answer, problem_response
from config.http.throttling import address_key, take
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
        if request.path_info == ADMIN and request.method == "POST":
            refusal = _tried(request, account=request.POST.get("username", ""))
            return refusal or self.get_response(request)
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if request.path_info.endswith(CALLBACKS):
            return _limited(request, scope="sign_in", who=address_key(request)) or self.get_response(request)
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        if request.path_info.endswith(GUESSING):
            refusal = _limited(request, scope="sign_in", who=address_key(request))
            if refusal is not None:
                return refusal
        if request.path_info.endswith(REDIRECT):
            return self.get_response(request)  # a form, because the browser goes to where it is sent
        try:
            body = read_json(request)
        except (APIException, DomainError, RequestDataTooBig, UnreadablePostError) as error:
            return answer(error, request)
        if not isinstance(body, dict):
            return problem_response(request, "parse_error", "The body has to be a JSON object.")
        if request.path_info.endswith(SIGN_IN):
            refusal = _tried(request, account=str(body.get("email", "")))
            if refusal is not None:
                return refusal
        return self.get_response(request)


def _tried(request: HttpRequest, *, account: str) -> HttpResponseBase | None:
    digest = salted_hmac("config.http.sign_in", account.strip().lower()).hexdigest()
    return _limited(request, scope="sign_in_account", who=f"{address_key(request)}:{digest}")


def _limited(request: HttpRequest, *, scope: str, who: str) -> HttpResponseBase | None:
    """Count the try. Without Redis nobody can be counted, so nobody may try."""
    state = take(scope=scope, who=who)
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
