"""Every route that changes something or costs a lot says how often it may be asked, or is listed here."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView

from config.http.lanes import LaneView

CHANGING = ("POST", "PUT", "PATCH", "DELETE")

# One statement each, asked for by hand: the rate of all requests of a person is enough.
ON_THE_DEFAULT = {
    "PATCH api/v1/me/",
    "PATCH api/v1/academies/<slug:slug>/deliveries/<uuid:delivery>/",
    "POST api/v1/academies/<slug:slug>/deliveries/<uuid:delivery>/release/",
    "DELETE api/v1/academies/<slug:slug>/accommodations/<uuid:accommodation>/",
}
# Reads that cost as much as a change.
EXPENSIVE = {
    "GET api/v1/academies/<slug:slug>/deliveries/<uuid:delivery>/results/export/",
    "GET api/v1/academies/<slug:slug>/progress-export/",
}


def routes() -> Iterator[tuple[str, type[APIView]]]:
    """Every route of ours with its view; the sitting lane apart, where the attempt's row is what limits."""

    def walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, type[APIView]]]:
        for each in patterns:
            path = prefix + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, path)
            elif isinstance(each, URLPattern):
                view = getattr(each.callback, "view_class", None) or getattr(each.callback, "cls", None)
                if path.startswith("api/") and isinstance(view, type) and issubclass(view, APIView):
                    yield path, view

    return ((path, view) for path, view in walk(get_resolver().url_patterns, "") if not issubclass(view, LaneView))


def rate_of(view: type[APIView], method: str) -> str | None:
    """The name of the rate that the view declares for a method."""
    rate = getattr(view, "rate", None)
    return rate.get(method) if isinstance(rate, dict) else rate


def test_what_changes_something_or_costs_a_lot_has_a_rate_of_its_own() -> None:
    without = {
        f"{method} {path}"
        for path, view in routes()
        for method in (*CHANGING, "GET")
        if hasattr(view, method.lower()) and (method != "GET" or f"GET {path}" in EXPENSIVE)
        if rate_of(view, method) is None
    }
    assert without == ON_THE_DEFAULT


def test_expensive_reads_are_routes() -> None:
    assert {f"GET {path}" for path, _ in routes()} >= EXPENSIVE


def test_every_rate_that_is_named_is_set_and_every_one_that_is_set_is_used() -> None:
    named = {rate_of(view, method) for _, view in routes() for method in (*CHANGING, "GET")} - {None}
    by_middleware = {"default", "anonymous", "sign_in", "sign_in_account", "policy_reports"}
    assert named | by_middleware == set(settings.RATE_LIMITS)


def test_nothing_that_is_counted_may_be_guessed_while_redis_is_away() -> None:
    closed = {name for name, rate in settings.RATE_LIMITS.items() if not rate.is_open_without_redis}
    assert closed >= {"sign_in"}
    assert not closed & {"default", "anonymous"}
