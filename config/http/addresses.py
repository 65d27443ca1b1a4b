"""Where a request comes from, as far as that can be believed, and how much of it may be kept."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> str:
    """The client's address, "" when unknown.

    Each of the `TRUSTED_PROXIES` proxies in front has appended what it saw to X-Forwarded-For; whatever stands further
    left was sent by the client and means nothing.
    """
    proxies: int = settings.TRUSTED_PROXIES
    if proxies:
        seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(seen) >= proxies and (forwarded := _parsed(seen[-proxies])):
            return str(forwarded)
    direct = _parsed(request.META.get("REMOTE_ADDR", ""))
    return str(direct) if direct else ""


@lru_cache(maxsize=4096)
def truncate_address(address: str, *, v4: int = 24, v6: int = 48) -> str:
    """The network of an address: what may be kept without naming a person. "" for what is no address.

    `v4` and `v6` are prefix lengths. The defaults are those that data protection authorities call anonymised.
    """
    parsed = _parsed(address)
    if parsed is None:
        return ""
    prefix = v4 if parsed.version == 4 else v6
    return str(ip_network(f"{parsed}/{prefix}", strict=False).network_address)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Address | None:
    try:
        parsed = ip_address(text)
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        return parsed.ipv4_mapped
    return parsed
