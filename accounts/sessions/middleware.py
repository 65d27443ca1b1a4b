"""Keeps sessions and devices up to date at the end of each request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from accounts.sessions.devices import give_cookie
from accounts.sessions.tracking import keep_up


class SessionsMiddleware:
    """Stands behind those of sessions and authentication. Requests that leave their session alone are left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key_before = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        response = self.get_response(request)
        if request.session.accessed:
            keep_up(request, key_before=key_before, now=request.received_at)  # type: ignore[attr-defined]
        give_cookie(request, response)
        return response
