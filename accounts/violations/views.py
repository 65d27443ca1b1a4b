"""Where browsers send what they report. No route of the API: no session, no token, nothing that is answered."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from rest_framework.exceptions import APIException

from accounts.violations.actions import count_violations
from accounts.violations.reports import LEGACY, REPORTS, violations_in
from config.http.problems import answer, problem_response
from config.http.throttling import address_key, take
from config.kernel.errors import DomainError

MAX_BYTES = 16 * 1024


@csrf_exempt
@require_POST
def policy_reports(request: HttpRequest) -> HttpResponse:
    """POST /csp-reports"""
    state = take(scope="policy_reports", who=address_key(request))
    request.rate_state = state  # type: ignore[attr-defined]  # see PlatformRequest
    if not state.is_allowed:
        return problem_response(request, "throttled", headers={"Retry-After": str(state.reset_seconds)})
    content_type = request.content_type or ""
    if content_type not in (LEGACY, REPORTS):
        return problem_response(request, "unsupported_media_type", f"The body has to be {LEGACY} or {REPORTS}.")
    try:
        # Not `body`: it would take as much as the largest upload.
        raw = request.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            return problem_response(request, "payload_too_large", f"The body may have {MAX_BYTES} bytes at most.")
        found = violations_in(raw, content_type=content_type, host=urlsplit(settings.SITE_URL).netloc)
    except (APIException, DomainError, UnreadablePostError) as refusal:
        return answer(refusal, request)
    count_violations(found, now=timezone.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
