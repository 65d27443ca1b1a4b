"""How often somebody may ask: so many requests in a window, per person or, signed out, per address."""

import math
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from config.http.addresses import client_address, truncate_address
from config.http.counters import Window, count_each
from config.http.rates import Rate


@dataclass(frozen=True, slots=True)
class RateState:
    """Where somebody stands. `is_counted` is false while Redis is away."""

    limit: int
    remaining: int
    reset_seconds: int
    is_allowed: bool
    is_counted: bool = True

    def describe(self, response: HttpResponseBase) -> None:
        """Put it into the response's headers (draft-ietf-httpapi-ratelimit-headers-05)."""
        if self.is_counted:
            response.headers["RateLimit-Limit"] = str(self.limit)
            response.headers["RateLimit-Remaining"] = str(self.remaining)
            response.headers["RateLimit-Reset"] = str(self.reset_seconds)


def take(*, scope: str, who: str) -> RateState:
    """Count one request of `who` in `scope` (a key of RATE_LIMITS) and say whether it may pass."""
    (state,) = take_each((scope, who))
    return state


def take_each(*counted: tuple[str, str]) -> list[RateState]:
    """`take` for several pairs of scope and who, in one round trip."""
    rates: list[Rate] = [settings.RATE_LIMITS[scope] for scope, _ in counted]
    windows = count_each(
        {f"rate:{scope}:{who}": rate.seconds for (scope, who), rate in zip(counted, rates, strict=True)}
    )
    if windows is None:
        return [
            RateState(rate.limit, 0, rate.seconds, is_allowed=rate.is_open_without_redis, is_counted=False)
            for rate in rates
        ]
    return [_state(rate, window) for rate, window in zip(rates, windows, strict=True)]


def _state(rate: Rate, window: Window) -> RateState:
    return RateState(
        limit=rate.limit,
        remaining=max(0, rate.limit - window.count),
        reset_seconds=max(1, math.ceil(window.seconds_left)),
        is_allowed=window.count <= rate.limit,
    )


def address_key(request: HttpRequest) -> str:
    """Whom an address stands for: one host in IPv4, one connection in IPv6, where a client has a whole network."""
    return truncate_address(client_address(request), v4=32, v6=64) or "unknown"


class NotCounted(APIException):
    """The rate is closed while nobody can count it."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_code = "unavailable"
    wait = 5


class RateLimit(BaseThrottle):
    """The limit of a view: its `rate` (a name, or names by method), else "default", or "anonymous" when signed out."""

    state: RateState | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        """Whether this one is still within. Raises NotCounted."""
        rate = getattr(view, "rate", None)
        scope = rate.get(request.method) if isinstance(rate, dict) else rate
        user = request.user
        original = request._request  # noqa: SLF001  # Django's own request
        if user is not None and user.is_authenticated:
            # Staff who see as somebody ask on their own account.
            seen = getattr(original, "impersonation", None)
            scope, who = scope or "default", str(seen.staff_id if seen else user.pk)
        else:
            scope, who = scope or "anonymous", address_key(original)
        self.state = take(scope=scope, who=who)
        original.rate_state = self.state  # type: ignore[attr-defined]  # see PlatformRequest
        if not self.state.is_allowed and not self.state.is_counted:
            raise NotCounted
        return self.state.is_allowed

    def wait(self) -> float | None:
        """Seconds until the next window."""
        return float(self.state.reset_seconds) if self.state else None
