"""Uploaded files (images and audio of stimuli), for people who are signed in.

This serves a single machine. Where the storage is remote, its own signed URLs are used and nobody comes here.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

# What a browser may show. Anything else, markup above all, is downloaded: it would run as a page of ours.
SHOWN = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
}
_CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """GET /media/{path}: the file, or the part of it that the header Range asks for (RFC 9110, section 14)."""
    if not request.user.is_authenticated:
        return HttpResponse(
            "Sign in first.", status=401, content_type="text/plain", headers={"WWW-Authenticate": "Session"}
        )
    try:
        if not default_storage.exists(path):
            raise Http404
        file = default_storage.open(path)
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise Http404 from error
    response = _respond(request, file)
    kind = SHOWN.get(PurePosixPath(path).suffix.lower())
    response.headers["Content-Type"] = kind or "application/octet-stream"
    if kind is None:
        response.headers["Content-Disposition"] = "attachment"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _respond(request: HttpRequest, file: "File[bytes]") -> HttpResponseBase:
    wanted = _RANGE.fullmatch(request.headers.get("Range", ""))
    if wanted is None or not any(wanted.groups()):
        return FileResponse(file)
    size = file.size
    first, last = _bounds(wanted[1], wanted[2], size)
    if first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_part(file, first, last - first + 1), status=206)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Content-Length"] = str(last - first + 1)
    return response


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte that are asked for, both inclusive; empty (first > last) when there are none."""
    if not first:
        return max(0, size - int(last)), size - 1  # "-500": the last 500
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(file: "File[bytes]", start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (chunk := file.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk
