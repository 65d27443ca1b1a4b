"""Whose address counts, and how much of it may be kept."""

import pytest
from django.conf import LazySettings
from django.test import RequestFactory

from config.http.addresses import client_address, truncate_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_only_what_trusted_proxies_have_seen_counts(
    settings: LazySettings, proxies: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == expected


def test_a_socket_has_no_address(settings: LazySettings) -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) == ""


@pytest.mark.parametrize(
    ("address", "expected"),
    [("203.0.113.9", "203.0.113.0"), ("2001:db8:1:2:3::4", "2001:db8:1::"), ("", ""), ("nonsense", "")],
)
def test_what_is_kept_of_an_address(address: str, expected: str) -> None:
    assert truncate_address(address) == expected
