"""The short way for requests that need neither session nor cookie: sittings, and the probes of health.

A sitting is authorised by the signed token of its attempt. Everything that the rest of the middleware would do for it
(session, user, CSRF, language, security headers of pages) is cost without use on the platform's busiest path; see
docs/adr/0006-the-sitting-lane.md.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import resolve
from rest_framework.views import APIView

from config.http.problems import answer, problem_response

SITTINGS = "/api/v1/sittings/"
PROBES = frozenset({"/health", "/ready"})


class SittingLaneMiddleware:
    """Resolves and calls the view at once for what belongs into the lane; lets everything else pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.needs_tls: bool = settings.SECURE_SSL_REDIRECT

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if not path.startswith(SITTINGS) and path not in PROBES:
            return self.get_response(request)
        if self.needs_tls and path not in PROBES and not request.is_secure():
            return self.get_response(request)  # to the redirect, not past it
        try:
            match = resolve(path)
            request.resolver_match = match
            response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
            if not getattr(response, "is_rendered", True):
                response = response.render()  # type: ignore[attr-defined]  # only template responses are unrendered
        except Exception as exc:  # noqa: BLE001  # whatever it is, it becomes a problem document here
            response = answer(exc, request)
        headers = response.headers
        headers["Cache-Control"] = "no-store"
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if isinstance(response, HttpResponse):
            # Otherwise the body would be sent in chunks, with two more writes to the socket.
            headers["Content-Length"] = str(len(response.content))
        return response


class LaneView(APIView):
    """A view of the lane: the method is called with Django's own request, nothing is negotiated or authenticated.

    The method authorises by itself, reads the body with `config.http.parsing.read_json` and returns an HttpResponse.
    It may raise whatever a view of Django REST framework may raise.
    """

    authentication_classes = []
    permission_classes = []
    throttle_classes = []
    # What a refused token is answered with (RFC 9110, section 11.6.1).
    challenge = "Attempt"
    # The security scheme of its operations in the API document.
    security_scheme = "attemptToken"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Call the method. What it raises becomes a problem."""
        method = (request.method or "").lower()
        handler = getattr(self, method, None) if method in self.http_method_names else None
        if handler is None or method == "options":
            offered = [name.upper() for name in self.http_method_names if name != "options" and hasattr(self, name)]
            return problem_response(request, "method_not_allowed", headers={"Allow": ", ".join(offered)})
        try:
            response: HttpResponse = handler(request, *args, **kwargs)
        except Exception as exc:  # noqa: BLE001  # whatever it is, it becomes a problem document here
            response = answer(exc, request)
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            response.headers["WWW-Authenticate"] = self.challenge
        return response
