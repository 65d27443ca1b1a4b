"""Asks for a solved challenge in front of every form that takes a password from somebody who is not signed in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from accounts.challenges.guard import admit
from accounts.identity.lockout import username_of
from config.http.problems import answer
from config.kernel.errors import DomainError

SIGN_IN = "/_allauth/browser/v1/auth/login"


class ChallengeMiddleware:
    """Stands behind `SignInMiddleware`, so that what it reads is JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and request.path_info == SIGN_IN:
            try:
                admit(request, account=username_of(request) or "")
            except DomainError as refusal:
                return answer(refusal, request)
        return self.get_response(request)
