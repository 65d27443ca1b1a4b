"""Keeps sessions that are signed in by half out of what is no view of ours."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from accounts.factors.errors import SecondFactorNeeded
from accounts.factors.proofs import owes_factor
from accounts.identity.models import User
from config.http.problems import answer

# Views of the API have `Proved`. Of allauth's, the doors in and out stay open.
CLOSED = ("/_allauth/browser/v1/account/", "/_allauth/browser/v1/auth/provider/", "/media/")


class SecondFactorMiddleware:
    """Refuses what changes a person's account in allauth, and files, until the second factor was proved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(CLOSED):
            user = request.user
            if isinstance(user, User) and owes_factor(user, request.session):
                return answer(SecondFactorNeeded(), request)
        return self.get_response(request)
