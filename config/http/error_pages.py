"""Errors outside of the API's views: a page for people, a problem document for programs.

Django calls the `handler` functions for what happens in middleware, in the URL resolver and in plain views.
"""

import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.http.codes import CODES, documented
from config.http.problems import answer, is_api, problem_response
from config.kernel import request_id
from config.kernel.errors import DomainError


def page(code: str) -> HttpResponse:
    """A small page that says what is wrong. It needs neither database nor session."""
    known = CODES[code]
    context = {"code": known, "request_id": request_id.current()}
    response = render(None, "error.html", context, status=known.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def refuse(request: HttpRequest, code: str, detail: str = "") -> HttpResponse:
    """The refusal in the form that suits who asks."""
    return problem_response(request, code, detail) if is_api(request) else page(code)


def refusal_of(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """What the domain refuses before a view is reached, in the form that suits who asks."""
    if is_api(request):
        return answer(refusal, request)
    context = {"code": refusal, "request_id": request_id.current()}
    return render(None, "error.html", context, status=refusal.status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # passed by name
    """What Django calls when a request's CSRF token is missing or wrong."""
    return refuse(request, "csrf_failed")


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be understood, and what is too large."""
    return refuse(request, "payload_too_large" if isinstance(exception, RequestDataTooBig) else "bad_request")


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # passed by name
    """What is not allowed."""
    return refuse(request, "permission_denied")


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # passed by name
    """What does not exist."""
    return refuse(request, "not_found")


def handler500(request: HttpRequest) -> HttpResponse:
    """What nobody caught. A database that is down is told apart: it passes, and a client may try again."""
    exc = sys.exc_info()[1]
    if not isinstance(exc, Exception):
        return refuse(request, "server_error")
    response = answer(exc, request)  # also for its line in the log
    if is_api(request):
        return response
    code = response.data["code"]
    return page(code if code in CODES else "server_error")


def unknown_route(request: HttpRequest, **_: Any) -> HttpResponse:
    """Whatever lies below /api/ and is not a route. A view of its own, so that it is a problem under DEBUG as well."""
    return problem_response(request, "not_found")


@require_safe
def problem_kinds(request: HttpRequest, code: str = "") -> HttpResponse:
    """The page that the `type` of a problem leads to: all codes, or the one that is named."""
    kinds = [kind for kind in documented() if code in ("", kind.code)]
    if not kinds:
        raise Http404
    return render(request, "problems.html", {"kinds": kinds, "single": bool(code)})
