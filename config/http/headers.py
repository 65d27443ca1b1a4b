"""The security headers of pages: content security policy by area, and what keeps other sites away from our answers."""

from collections.abc import Mapping
from typing import Any

from csp.constants import HEADER, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase

# Areas with a policy of their own. Nowhere else may a script be evaluated or a style be inline.
AREAS: Mapping[str, Mapping[str, list[str]]] = {
    # The admin theme is built on Alpine.js, which evaluates expressions in attributes and writes style attributes.
    "/admin/": {
        "script-src": [SELF, UNSAFE_EVAL],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
    },
    # Swagger UI writes style elements and attributes; its script comes as a file.
    "/api/v1/docs/": {"style-src": [SELF, UNSAFE_INLINE]},
}

# The group that `report-to` names in every policy.
REPORTING = 'csp="/csp-reports"'

# What is answered here is about a person, unless the view says otherwise.
PERSONAL = ("/api/", "/_allauth/", "/admin/")


@receiver(user_logged_out, dispatch_uid="config.http.signed_out")
def note_sign_out(*, request: HttpRequest | None, **_: Any) -> None:
    """Remember that the session of this request has ended."""
    if request is not None:
        request.is_signed_out = True  # type: ignore[attr-defined]  # read below


class HeadersMiddleware(CSPMiddleware):
    """django-csp with a policy by area. The policy without nonce is the same for all and is built once."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self._plain = build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the headers; a policy that a view has set itself stays."""
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path_info.startswith(PERSONAL):
            response.headers.setdefault("Cache-Control", "no-store")
        if getattr(request, "is_signed_out", False):
            # Not "storage": answers that could not be sent yet are kept there. Not "cookies": it would reach all
            # sites of the domain, and the session's own is gone.
            response.headers["Clear-Site-Data"] = '"cache"'
        if HEADER in response.headers:
            return response
        response.headers["Reporting-Endpoints"] = REPORTING
        area = next((policy for prefix, policy in AREAS.items() if request.path_info.startswith(prefix)), None)
        nonce = getattr(request, "_csp_nonce", None)
        if area is None and nonce is None and not hasattr(response, "_csp_update"):
            response.headers[HEADER] = self._plain
            return response
        if area is not None:
            response._csp_replace = dict(area)  # type: ignore[attr-defined]  # noqa: SLF001  # as its decorators do
        return super().process_response(request, response)
