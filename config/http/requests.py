"""What every request gets: an id, the moment it arrived, a line in the log, and a watch over its queries."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from time import perf_counter
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from config.http.error_pages import refuse
from config.http.origins import origin_of
from config.http.throttling import RateState
from config.kernel import origin, request_id

log = structlog.get_logger()

_ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
# Probes ask every few seconds; their lines would bury the others.
_QUIET = frozenset({"/health", "/ready"})
_MAX_SQL = 2000


class PlatformRequest(HttpRequest):
    """A request as views see it behind `RequestMiddleware`; for annotations only."""

    request_id: str
    received_at: datetime
    # Set by the rate limit that let the request pass.
    rate_state: RateState | None
    # Set while staff see the platform as somebody else; `user_id` is that person.
    impersonation: Any


class QueryWatch:
    """Counts the queries of a request and reports the slow ones, without their parameters."""

    __slots__ = ("count", "limit")

    def __init__(self, limit: float) -> None:
        self.count = 0
        self.limit = limit

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Sequence[Any], many: bool, context: dict[str, Any]
    ) -> Any:
        started = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            took = perf_counter() - started
            if took > self.limit:
                log.warning("slow query", sql=str(sql)[:_MAX_SQL], duration_ms=round(took * 1000, 1))


class RequestMiddleware:
    """First of all middleware, and measured in microseconds: everything passes here, also an autosaved answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.slow = settings.SLOW_QUERY_MILLISECONDS / 1000

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID")
        current = given if given and _ACCEPTABLE_ID.fullmatch(given) else request_id.new()
        request.request_id = current  # type: ignore[attr-defined]  # see PlatformRequest
        request.received_at = timezone.now()  # type: ignore[attr-defined]
        token = request_id.bind(current)
        from_here = origin.bind(partial(origin_of, request))
        watch = QueryWatch(self.slow)
        wrappers = connection.execute_wrappers
        wrappers.append(watch)
        try:
            response = self._answer(request)
            response.headers["X-Request-ID"] = current
            if state := getattr(request, "rate_state", None):
                state.describe(response)
            self._record(request, response, watch, started)
            return response
        finally:
            wrappers.remove(watch)
            origin.release(from_here)
            request_id.release(token)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        # PostgreSQL's texts cannot hold NUL, so nothing with one in its address exists or can be looked for.
        if "\0" in request.path_info:
            return refuse(request, "not_found")
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\0" in query:
            return refuse(request, "validation_error", "Null characters are not allowed in the address.")
        return self.get_response(request)

    def _record(self, request: HttpRequest, response: HttpResponseBase, watch: QueryWatch, started: float) -> None:
        match = request.resolver_match
        user = getattr(request, "_cached_user", None)  # only if somebody has looked: this must not ask the database
        # The line names both: whose page it was, and who of the staff looked at it.
        impersonation = getattr(request, "impersonation", None)
        seen_as = {"as_user_id": str(impersonation.user_id)} if impersonation else {}
        status = response.status_code
        if status >= 500:
            write = log.error
        elif request.path_info in _QUIET:
            write = log.debug
        else:
            write = log.info
        write(
            "request",
            method=request.method,
            route=match.route if match else None,
            status=status,
            duration_ms=round((perf_counter() - started) * 1000, 1),
            query_count=watch.count,
            user_id=str(user.pk) if user is not None and user.pk else None,
            **seen_as,
        )
