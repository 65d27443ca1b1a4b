"""Reads what browsers send: `application/csp-report` (CSP 3, section 5.3), `application/reports+json` (Reporting API).

Anybody can send anything. What is kept is a directive, an origin and the shape of a path: no query, fragment or id.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from config.http.parsing import parse_json

LEGACY, REPORTS = "application/csp-report", "application/reports+json"
# Browsers send a handful at once.
MOST = 20
MAX_LENGTH = 200

_DIRECTIVES = frozenset(
    {
        "base-uri",
        "child-src",
        "connect-src",
        "default-src",
        "font-src",
        "form-action",
        "frame-ancestors",
        "frame-src",
        "img-src",
        "manifest-src",
        "media-src",
        "object-src",
        "script-src",
        "script-src-attr",
        "script-src-elem",
        "style-src",
        "style-src-attr",
        "style-src-elem",
        "worker-src",
    }
)
# What stands for a source that has no address.
_KEYWORDS = frozenset({"inline", "eval", "wasm-eval", "self"})
# Names of pages. Anything else in a path may be an id, or the key of a letter's link.
_NAME = re.compile(r"[a-z][a-z-]{0,29}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,29}")
_HOST = re.compile(r"[a-z0-9.:\[\]-]+")
_WITH_ORIGIN = frozenset({"http", "https", "ws", "wss"})


class Violation(NamedTuple):
    """What was broken, by what, and on which page."""

    directive: str
    blocked: str
    path: str


def violations_in(raw: bytes, *, content_type: str, host: str) -> Counter[Violation]:
    """How often a body reports what, on pages of `host`. What makes no sense is left out.

    Raises what `parse_json` raises for a body that is no JSON.
    """
    sent = parse_json(raw)
    reports = _legacy(sent) if content_type == LEGACY else _reports(sent)
    return Counter(found for report in reports if (found := _violation(*report, host=host)) is not None)


def _legacy(sent: Any) -> Iterator[tuple[Any, Any, Any]]:
    report = sent.get("csp-report") if isinstance(sent, Mapping) else None
    if isinstance(report, Mapping):
        directive = report.get("effective-directive") or report.get("violated-directive")
        yield directive, report.get("blocked-uri"), report.get("document-uri")


def _reports(sent: Any) -> Iterator[tuple[Any, Any, Any]]:
    for report in (sent if isinstance(sent, list) else [sent])[:MOST]:
        body = report.get("body") if isinstance(report, Mapping) and report.get("type") == "csp-violation" else None
        if isinstance(body, Mapping):
            yield body.get("effectiveDirective"), body.get("blockedURL"), body.get("documentURL")


def _violation(directive: Any, blocked: Any, document: Any, *, host: str) -> Violation | None:
    if not (isinstance(directive, str) and isinstance(blocked, str) and isinstance(document, str)):
        return None
    # Older browsers send the directive with its sources.
    name = directive.partition(" ")[0].lower()
    try:
        page = urlsplit(document)
        source = _source(blocked)
    except ValueError:
        return None
    if name not in _DIRECTIVES or page.netloc.lower() != host.lower():
        return None
    return Violation(name, source, _shape(page.path))


def _source(blocked: str) -> str:
    """The origin of an address, or the word for what has none. Raises ValueError."""
    if not blocked or blocked in _KEYWORDS:
        return blocked or "self"
    address = urlsplit(blocked.lower())
    scheme = address.scheme or (blocked.lower() if _SCHEME.fullmatch(blocked.lower()) else "")
    if scheme not in _WITH_ORIGIN:
        return scheme if _SCHEME.fullmatch(scheme) else "unknown"
    host = address.netloc.rpartition("@")[2]
    return f"{scheme}://{host}"[:MAX_LENGTH] if _HOST.fullmatch(host) else "unknown"


def _shape(path: str) -> str:
    shape = "/".join(part if not part or _NAME.fullmatch(part) else "*" for part in path.split("/"))
    return (shape or "/")[:MAX_LENGTH]
