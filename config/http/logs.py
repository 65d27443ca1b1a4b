"""How the platform logs: one JSON object a line (readable in a terminal), in one shape for ours and the libraries'.

Not for who did what: that is `accounts.journal`. A log line carries no personal data; what slips in is masked here.
"""

import json
import logging
import logging.config
import re
import sys
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from config.kernel import request_id

MASK = "[masked]"
# Deeper structures are cut off: a log line is not a place for documents.
MAX_DEPTH = 6

_SECRET_PARTS = ("password", "passwd", "secret", "token", "authorization", "cookie", "credential", "api_key", "apikey")
_PERSONAL_KEYS = frozenset(
    {
        "email",
        "e_mail",
        "mail",
        "phone",
        "phone_number",
        "mobile",
        "name",
        "first_name",
        "last_name",
        "full_name",
        "display_name",
        "username",
        "login",
        "address",
        "ip",
        "ip_address",
        "remote_addr",
        "x_forwarded_for",
        "session_key",
        "sessionid",
        "__host_session",
        "csrftoken",
        "__host_csrf",
        "birth_date",
    }
)
_PLAIN = frozenset({int, float, bool, type(None)})
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@lru_cache(maxsize=1024)
def _is_private(key: str) -> bool:
    plain = key.lower().replace("-", "_").removeprefix("http_")
    return plain in _PERSONAL_KEYS or any(part in plain for part in _SECRET_PARTS) or plain.endswith("_email")


def _masked(value: Any, depth: int = 0) -> Any:
    if isinstance(value, str):
        return _EMAIL.sub(MASK, value) if "@" in value else value
    if value is None or isinstance(value, bool | int | float):
        return value
    if depth >= MAX_DEPTH:
        return "[deep]"
    if isinstance(value, Mapping):
        return {str(key): MASK if _is_private(str(key)) else _masked(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(inner, depth + 1) for inner in value]
    return _masked(str(value))


def mask_personal_data(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Mask what is private by its key, and e-mail addresses inside any string, at every depth."""
    for key, value in event.items():
        if key.startswith("_"):
            continue  # structlog's own: the log record, not data
        if _is_private(key):
            event[key] = MASK
        elif value.__class__ is str:
            if "@" in value:
                event[key] = _masked(value)
        elif value.__class__ not in _PLAIN:
            event[key] = _masked(value)
    return event


def add_request_id(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Name the request that the line belongs to, when there is one."""
    if current := request_id.current():
        event.setdefault("request_id", current)
    return event


# Made once: structlog's own renderer makes an encoder for every line.
_encode = json.JSONEncoder(default=repr).encode


def _as_json(_logger: Any, _method: str, event: EventDict) -> str:
    return _encode(event)


# What every line passes through, whoever wrote it.
SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    add_request_id,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def _finish(*, readable: bool) -> list[Processor]:
    if readable:
        return [mask_personal_data, structlog.dev.ConsoleRenderer(colors=True)]
    return [structlog.processors.format_exc_info, mask_personal_data, _as_json]


def logging_config(*, level: str, readable: bool) -> dict[str, Any]:
    """The `LOGGING` setting: `level` for our own lines and the libraries', `readable` for a terminal."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "readable": readable,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*SHARED, structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder()],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_finish(readable=readable)],
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # Refused requests are in our own `request` line; a failure is logged once, by `config.http.problems`.
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": True},
            "django.security.csrf": {"handlers": [], "level": "ERROR", "propagate": True},
            # Scanners try host names all day long.
            "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": False},
            "gunicorn.error": {"handlers": [], "propagate": True},
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
            "axes": {"level": "WARNING"},
            # How a task ended is said by `celery.app.trace`; that it was sent and received would be two lines more.
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
        },
    }


# One list for all time: loggers that were used before a second call keep it.
_processors: list[Any] = []


def configure(config: dict[str, Any]) -> None:
    """Put a `logging_config` into force. Django calls this through the `LOGGING_CONFIG` setting."""
    config = dict(config)
    readable = bool(config.pop("readable", False))
    level = logging.getLevelNamesMapping().get(str(config["root"]["level"]).upper(), logging.INFO)
    # Our own lines skip the standard library's machinery, which would cost several times the line itself.
    _processors[:] = [*SHARED, *_finish(readable=readable)]
    structlog.configure(
        processors=_processors,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(config)
