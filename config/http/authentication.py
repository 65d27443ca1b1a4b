"""Who sends a request to the API: the session cookie, with CSRF protection."""

from rest_framework import authentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request


class CsrfFailed(PermissionDenied):
    """The CSRF token is missing or wrong."""

    default_code = "csrf_failed"
    default_detail = "Send the value of the CSRF cookie in the header X-CSRFToken."


class SessionAuthentication(authentication.SessionAuthentication):
    """The session cookie. Signed out is 401, a wrong CSRF token is 403 `csrf_failed`."""

    def authenticate_header(self, request: Request) -> str:  # the base class has it
        """Without a challenge Django REST framework would answer 403 to somebody who is not signed in."""
        return "Session"

    def enforce_csrf(self, request: Request) -> None:
        """Raises CsrfFailed. Reads need no token."""
        if request.method in SAFE_METHODS:
            return
        try:
            super().enforce_csrf(request)
        except PermissionDenied as refusal:
            raise CsrfFailed from refusal
