"""Entity tags for what clients poll: an answer that has not changed is not sent again."""

import hashlib
import json
from typing import Any

from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.response import Response


def tagged(response: Response, request: Request, *, content: Any) -> Response:
    """The response with a tag of `content`, or 304 when the request names that tag.

    The comparison is weak (RFC 9110, section 13.1.2): proxies weaken tags.
    """
    tag = f'"{hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()[:32]}"'
    known = [each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))]
    if tag in known or known == ["*"]:
        return Response(status=304, headers={"ETag": tag})
    response.headers["ETag"] = tag
    return response
