"""What may be kept of where a request comes from: the network of its address, and its browser by name."""

from functools import lru_cache

from django.http import HttpRequest
from ua_parser import parse

from config.http.addresses import client_address, truncate_address
from config.kernel.origin import Origin

# Longer ones are no browser's.
_MAX_AGENT = 512
MAX_DEVICE = 80


def origin_of(request: HttpRequest) -> Origin:
    """The request's place and device."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    return Origin(place=truncate_address(client_address(request)), device=device_of(agent[:_MAX_AGENT]))


@lru_cache(maxsize=1024)
def device_of(agent: str) -> str:
    """A user agent in words ("Firefox, Windows"), without versions, which change every month. "" for an unknown one."""
    found = parse(agent)
    parts = (found.user_agent, found.os)
    return ", ".join(part.family for part in parts if part and part.family != "Other")[:MAX_DEVICE]
