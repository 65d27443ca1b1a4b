"""A browser that is sent to a provider and back."""

from urllib.parse import parse_qsl, urlsplit

import requests
from django.http import HttpResponse
from django.test import Client

REDIRECT = "/_allauth/browser/v1/auth/provider/redirect"
LINKED = "/_allauth/browser/v1/account/providers"
BACK = "/sign-in/provider?next=%2Fa%2Fharbour"
PROVIDERS = ("github", "google")


def query_of(url: str) -> dict[str, str]:
    """The parameters of an address."""
    return dict(parse_qsl(urlsplit(url).query))


def sent_to_provider(client: Client, provider: str, *, process: str = "login", back: str = BACK) -> str:
    """Where the platform sends the browser."""
    answer = client.post(REDIRECT, {"provider": provider, "process": process, "callback_url": back})
    assert answer.status_code == 302, answer.content
    return answer.headers["Location"]


def sent_back(url: str) -> str:
    """Where the provider sends the browser when the person agrees, as a path with parameters."""
    answer = requests.get(url, allow_redirects=False, timeout=5)
    assert answer.status_code == 302
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def arrived(client: Client, provider: str, *, process: str = "login") -> HttpResponse:
    """The whole way, up to the platform's answer to the callback."""
    return client.get(sent_back(sent_to_provider(client, provider, process=process)))


def error_of(answer: HttpResponse) -> str:
    """Why it failed, as the front end is told; "" when it did not."""
    assert answer.status_code == 302
    where = urlsplit(answer.headers["Location"])
    assert (where.scheme, where.netloc, where.path) in (
        ("", "", "/sign-in/provider"),
        ("http", "testserver", "/sign-in/provider"),
    )
    return query_of(answer.headers["Location"]).get("error", "")
