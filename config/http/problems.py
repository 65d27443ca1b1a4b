"""Every refusal of the API as a problem document (RFC 9457), whoever raised it.

Not for pages that people open in a browser: those are in `config.http.error_pages`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import singledispatch
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import psycopg.errors
import redis.exceptions
import structlog
from django.conf import settings
from django.core import exceptions as django_errors
from django.core.signals import got_request_exception
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, InternalError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.translation import gettext
from drf_standardized_errors.formatter import flatten_errors
from rest_framework import exceptions as drf_errors
from rest_framework.settings import api_settings
from rest_framework.utils.encoders import JSONEncoder

from config.http.codes import CODES
from config.kernel import request_id
from config.kernel.errors import DomainError, FieldError
from config.kernel.reading import ReadsOnly

CONTENT_TYPE = "application/problem+json"
# What tools may retry on their own, and after how many seconds.
RETRY_AFTER_SECONDS = 5

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is said about a refusal. `headers` go with the response, `members` into the document."""

    code: str
    status: int = 0
    title: str = ""
    detail: str = ""
    errors: Sequence[FieldError] = ()
    members: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    # "error" with a traceback for what is our fault, "warning" with one for what we should look at, else nothing.
    log_level: str = ""


class ProblemResponse(HttpResponse):
    """A problem document, ready made: it needs no renderer and no content negotiation. `data` is its content."""

    def __init__(self, problem: Problem, request: HttpRequest | None) -> None:
        code = CODES.get(problem.code)
        status = problem.status or (code.status if code else HTTPStatus.INTERNAL_SERVER_ERROR)
        title = problem.title or (code.title if code else HTTPStatus(status).phrase)
        self.data: dict[str, Any] = {
            **problem.members,
            "type": f"/problems/{problem.code}",
            "title": _said(title),
            "status": int(status),
            "detail": _said(problem.detail or (code.detail if code else "")),
            "code": problem.code,
            "instance": quote(request.path, safe="/:@!$&'()*+,;=~") if request else "",
            "request_id": request_id.current(),
            "errors": [{**asdict(error), "detail": _said(error.detail)} for error in problem.errors],
        }
        text = json.dumps(self.data, cls=JSONEncoder, ensure_ascii=False, separators=(",", ":"))
        # "replace": a detail may quote what was sent, and that need not be encodable.
        super().__init__(text.encode("utf-8", "replace"), status=int(status), content_type=CONTENT_TYPE)
        self.headers["Cache-Control"] = "no-store"
        for name, value in problem.headers.items():
            self.headers[name] = value


def _said(text: str) -> str:
    """A text in the language of the request, where the catalogue has it: errors speak English, wherever they arise."""
    return gettext(text) if text else ""


def problem_response(request: HttpRequest | None, code: str, detail: str = "", **more: Any) -> ProblemResponse:
    """The response of one of the platform's own `codes`; `more` are fields of `Problem`."""
    return ProblemResponse(Problem(code=code, detail=detail, **more), request)


def answer(exc: Exception, request: HttpRequest | None) -> ProblemResponse:
    """The response to a request that ended in `exc`. What nobody foresaw is logged with its traceback."""
    problem = problem_of(exc)
    if problem.log_level:
        event = "unhandled error" if problem.log_level == "error" else "refused by the database"
        getattr(log, problem.log_level)(event, exc_info=exc)
    response = ProblemResponse(problem, request)
    if response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR:
        # Error monitoring, and the test client, listen for this.
        got_request_exception.send(sender=None, request=request)
    return response


def exception_handler(exc: Exception, context: Mapping[str, Any]) -> ProblemResponse:
    """What Django REST framework calls for everything that a view raises."""
    request = context.get("request")
    return answer(exc, getattr(request, "_request", request))


def is_api(request: HttpRequest) -> bool:
    """Whether programs ask here, which want a problem document, rather than people."""
    return request.path_info.startswith(("/api/", "/_allauth/")) or request.path_info in ("/health", "/ready")


@singledispatch
def problem_of(_exc: Exception) -> Problem:
    """What an exception means to the one who asked. Registered by type below; anything else is our own fault."""
    return Problem(code="server_error", log_level="error")


@problem_of.register
def _(exc: DomainError) -> Problem:
    return Problem(
        code=exc.code,
        status=exc.status,
        title=str(exc.title),
        detail=str(exc.detail),
        errors=exc.errors,
        members=exc.members,
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)} if exc.status == HTTPStatus.SERVICE_UNAVAILABLE else {},
        log_level="error" if exc.status == HTTPStatus.INTERNAL_SERVER_ERROR else "",
    )


@problem_of.register
def _(exc: drf_errors.ValidationError) -> Problem:
    errors = flatten_errors(exc.detail)
    whole = [error.detail for error in errors if error.attr in (None, api_settings.NON_FIELD_ERRORS_KEY)]
    return Problem(
        code="validation_error",
        status=exc.status_code,
        detail=" ".join(whole),
        errors=[FieldError(field=_field(error.attr), code=error.code, detail=error.detail) for error in errors],
    )


@problem_of.register
def _(exc: drf_errors.APIException) -> Problem:
    codes = exc.get_codes()
    code = codes if isinstance(codes, str) else str(exc.default_code)
    headers = {}
    if challenge := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = str(challenge)
    if (wait := getattr(exc, "wait", None)) is not None:
        headers["Retry-After"] = str(int(wait))
    failed = exc.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    return Problem(
        code=_RENAMED.get(code, code),
        status=exc.status_code,
        detail="" if failed or not isinstance(exc.detail, str) else str(exc.detail),
        headers=headers,
        log_level="error" if failed else "",
    )


# Django REST framework's words for what has another name here.
_RENAMED = {"error": "server_error"}


@problem_of.register
def _(exc: django_errors.ValidationError) -> Problem:
    fields = exc.message_dict if hasattr(exc, "error_dict") else {"": exc.messages}
    codes = {
        name: [each.code or "invalid" for each in errors] for name, errors in getattr(exc, "error_dict", {}).items()
    }
    errors = [
        FieldError(
            field=_field(name), code=(codes.get(name) or [getattr(exc, "code", None) or "invalid"])[0], detail=message
        )
        for name, messages in fields.items()
        for message in messages
    ]
    return Problem(
        code="validation_error", detail=" ".join(error.detail for error in errors if not error.field), errors=errors
    )


@problem_of.register(Http404)
@problem_of.register(django_errors.ObjectDoesNotExist)
def _(_exc: Exception) -> Problem:
    return Problem(code="not_found")


@problem_of.register
def _(_exc: django_errors.PermissionDenied) -> Problem:
    return Problem(code="permission_denied")


@problem_of.register
def _(_exc: django_errors.RequestDataTooBig) -> Problem:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return Problem(code="payload_too_large", detail=f"The body may have {limit} bytes at most." if limit else "")


@problem_of.register(django_errors.SuspiciousOperation)
@problem_of.register(django_errors.BadRequest)
@problem_of.register(MultiPartParserError)
@problem_of.register(UnreadablePostError)
def _(_exc: Exception) -> Problem:
    return Problem(code="bad_request")


@problem_of.register(OperationalError)
@problem_of.register(InterfaceError)
@problem_of.register(redis.exceptions.ConnectionError)
@problem_of.register(redis.exceptions.TimeoutError)
def _(_exc: Exception) -> Problem:
    return Problem(code="unavailable", headers={"Retry-After": str(RETRY_AFTER_SECONDS)}, log_level="error")


@problem_of.register
def _(_exc: DataError) -> Problem:
    # A number too large for its column, a text that PostgreSQL cannot hold: what was sent, not what we did.
    return Problem(code="validation_error", detail="A value is outside of what can be stored.", log_level="warning")


@problem_of.register
def _(exc: IntegrityError) -> Problem:
    if isinstance(exc.__cause__, psycopg.errors.UniqueViolation):
        return Problem(code="conflict", log_level="warning")
    return Problem(code="server_error", log_level="error")


@problem_of.register
def _(exc: InternalError) -> Problem:
    # A read that would have written something down on the way.
    is_refused = isinstance(exc.__cause__, psycopg.errors.ReadOnlySqlTransaction)
    return problem_of(ReadsOnly()) if is_refused else Problem(code="server_error", log_level="error")


@problem_of.register
def _(_exc: DatabaseError) -> Problem:
    return Problem(code="server_error", log_level="error")


def _field(name: object) -> str:
    """The dotted path, without the words for "the whole" that the libraries put into it."""
    if name is None:
        return ""
    parts = [part for part in str(name).split(".") if part not in (api_settings.NON_FIELD_ERRORS_KEY, "__all__")]
    return ".".join(parts)
