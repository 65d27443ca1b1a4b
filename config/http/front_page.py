"""The one page of the front end: its built `index.html`, for every address that the front end routes itself."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

_NONCE = "__CSP_NONCE__"
_CSRF_COOKIE = "__CSRF_COOKIE__"


@dataclass
class _Page:
    """The file as it was at `changed_ns`."""

    path: Path | None = None
    changed_ns: int = 0
    text: str = ""


_page = _Page()


@require_safe
def front_page(request: HttpRequest, path: str = "") -> HttpResponse:
    """GET anything: the page, with the nonce of this request for the style tags that it makes, and a cookie's name."""
    if "." in path.rpartition("/")[2]:
        raise Http404  # a file that is not there; the front end's own routes have no dots
    text = _read(settings.FRONTEND_DIST / "index.html")
    if text is None:
        response = render(request, "not_built.html", status=503)
    else:
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]  # django-csp
        response = HttpResponse(text.replace(_NONCE, nonce).replace(_CSRF_COOKIE, settings.CSRF_COOKIE_NAME))
    # A nonce counts once, and a stale page would ask for scripts that the last deployment has removed.
    response.headers["Cache-Control"] = "no-store"
    return response


def _read(path: Path) -> str | None:
    """The file's text, read again when it has changed; None when there is none."""
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return None
    if (_page.path, _page.changed_ns) != (path, changed):
        _page.path, _page.changed_ns, _page.text = path, changed, path.read_text(encoding="utf-8")
    return _page.text
