"""Stands in front of allauth's endpoints: bodies that its own parser would stumble over, and a limit on sign-ins.

Who fails too often for one address is locked out by django-axes; this limit is for one client trying many addresses.
"""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase
from django.http.request import UnreadablePostError
from rest_framework.exceptions import APIException

from config.http.parsing import read_json
from config.http.problems import answer, problem_response
from config.http.throttling import address_key, take
from config.kernel.errors import DomainError

PREFIX = "/_allauth/"
GUESSING = (
    "/auth/login",
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
        if not request.path_info.startswith(PREFIX) or request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        if request.path_info.endswith(GUESSING):
            state = take(scope="sign_in", who=address_key(request))
            request.rate_state = state  # type: ignore[attr-defined]  # see PlatformRequest
            if not state.is_counted and not state.is_allowed:
                return problem_response(request, "unavailable", headers={"Retry-After": "5"})
            if not state.is_allowed:
                return problem_response(request, "throttled", headers={"Retry-After": str(state.reset_seconds)})
        try:
            body = read_json(request)
        except (APIException, DomainError, RequestDataTooBig, UnreadablePostError) as error:
            return answer(error, request)
        if not isinstance(body, dict):
            return problem_response(request, "parse_error", "The body has to be a JSON object.")
        return self.get_response(request)
