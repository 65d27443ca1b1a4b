"""Is the platform alive, and is it ready to serve. Both answer within about a second, whatever has died behind them."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from time import monotonic
from typing import Any

import psycopg
import redis
import structlog
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

log = structlog.get_logger()

PATIENCE_SECONDS = 1.0
_STATEMENT_TIMEOUT = "-c statement_timeout=800"

# libpq waits at least two seconds for a connection, so a probe may outlive its answer: it runs beside the request.
# Few threads: while they hang, further probes fail as fast as the first.
_probes = ThreadPoolExecutor(max_workers=4, thread_name_prefix="probe")


class _NotReadyError(Exception):
    """A part answers, but not what is needed."""


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """GET /health: 200, or 503 naming the parts that do not answer."""
    return _report({"database": check_database, "redis": check_redis})


@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """GET /ready: as /health, and the database is migrated as far as this code expects."""
    return _report({"database": check_database, "redis": check_redis, "migrations": check_migrations})


def check_database() -> None:
    """Connect and ask for one row. Raises psycopg.Error."""
    with _connect() as database:
        database.execute("SELECT 1")


def check_redis() -> None:
    """Ping. Raises redis.RedisError."""
    with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=0.5) as client:
        client.ping()


def check_migrations() -> None:
    """Compare what is applied with what this code brings. Raises when something is missing."""
    with _connect() as database:
        rows = database.execute("SELECT app, name FROM django_migrations").fetchall()
    if missing := _newest_migrations() - {(app, name) for app, name in rows}:
        raise _NotReadyError(", ".join(sorted(".".join(key) for key in missing)))


def _connect() -> psycopg.Connection[tuple[Any, ...]]:
    # A connection of its own: the pool may be empty exactly because the database is in trouble.
    wanted = connections.settings["default"]
    return psycopg.connect(
        dbname=wanted["NAME"],
        user=wanted["USER"] or None,
        password=wanted["PASSWORD"] or None,
        host=wanted["HOST"] or None,
        port=wanted["PORT"] or None,
        connect_timeout=2,
        options=_STATEMENT_TIMEOUT,
        autocommit=True,
    )


@cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _report(checks: dict[str, Callable[[], None]]) -> HttpResponse:
    until = monotonic() + PATIENCE_SECONDS
    running = {name: _probes.submit(check) for name, check in checks.items()}
    failing = [name for name, probe in running.items() if not _passes(name, probe, until - monotonic())]
    body = {"status": "failing", "failing": failing} if failing else {"status": "ok"}
    return JsonResponse(body, status=503 if failing else 200)


def _passes(name: str, probe: "Future[None]", patience: float) -> bool:
    try:
        probe.result(timeout=max(0.0, patience))
    except Exception as error:  # noqa: BLE001  # a probe may fail in any way; each means "not healthy"
        probe.cancel()
        log.warning("health check failed", part=name, error=type(error).__name__)
        return False
    return True
