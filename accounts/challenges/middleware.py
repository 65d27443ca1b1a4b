"""Stands in front of the two forms that take a password from somebody who is not signed in.

The front end's asks for a solved challenge where one is due. The admin's has no script to solve one: while a challenge
is due it takes only browsers that have signed in with this account before. Staff with another browser sign in at the
front end first, which makes it one.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from accounts.challenges.errors import ChallengeRequired
from accounts.challenges.guard import admit, is_due
from accounts.sessions.devices import is_known_device
from config.http.error_pages import refusal_of
from config.http.parsing import read_json
from config.kernel.errors import DomainError

SIGN_IN = "/_allauth/browser/v1/auth/login"
ADMIN = "/admin/login/"


class ChallengeMiddleware:
    """Stands behind `SignInMiddleware`, which has found that the front end's body is a JSON object."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST":
            try:
                if request.path_info == SIGN_IN:
                    # As allauth reads it, whatever type the body claims to be of.
                    admit(request, account=_account(read_json(request).get("email")))
                elif request.path_info == ADMIN:
                    _admit_staff(request, account=_account(request.POST.get("username")))
            except DomainError as refusal:
                return refusal_of(request, refusal)
        return self.get_response(request)


def _account(typed: object) -> str:
    return typed.strip().lower() if isinstance(typed, str) else ""


def _admit_staff(request: HttpRequest, *, account: str) -> None:
    if is_due(request, account=account) and not is_known_device(request, email=account):
        raise ChallengeRequired(
            "There were failed sign-ins. Sign in at the start page first, then open this one again."
        )
