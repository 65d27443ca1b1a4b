"""Benchmarks of signing in and of being signed in, inside of one process: what they cost beside the password hash."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any
from unittest.mock import patch

import redis
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.wsgi import get_wsgi_application
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client, RequestFactory
from django.utils.crypto import get_random_string

from accounts.models import User
from tests.benchmarks.bench import Bench, Statements

LOGIN = "/_allauth/browser/v1/auth/login"
OWN = "/api/v1/me/step-up/"
PASSWORD = "lantern-over-the-quay"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
READS = ("cmdstat_get", "cmdstat_mget")


def measure_sign_in(bench: Bench) -> None:
    """A sign-in with the right password, as a browser sends it: CPU of the request beside that of the hash.

    The hash goes through a hundred megabytes, after which nothing is left in the processor's caches; what that costs
    the rest shows beside the same request with a hash that answers at once.
    """
    User.objects.create_user("sign-in@bench.example", PASSWORD)
    count = bench.size.starts
    hashes, rests = _signed_in(count, verify=Argon2PasswordHasher.verify)
    _, alone = _signed_in(count, verify=lambda *_: True)
    rest = median(rests)
    bench.report.add_goal("sign in: CPU of the password hash", f"{median(hashes):.1f} ms")
    bench.report.add_goal("sign in: CPU of all else", f"{rest:.2f} ms", goal="≤ 5 ms", is_met=rest <= 5)
    bench.report.add_goal("sign in: the same without the hash before it", f"{median(alone):.2f} ms")


def _signed_in(count: int, *, verify: Callable[..., bool]) -> tuple[list[float], list[float]]:
    """Milliseconds of CPU that each sign-in took in `verify`, and in all else."""
    spent: list[float] = []

    def timed(hasher: Any, password: str, encoded: str) -> bool:
        started = time.process_time()
        is_right = verify(hasher, password, encoded)
        spent.append(time.process_time() - started)
        return is_right

    application, browser = get_wsgi_application(), _browser()
    hashes, rests = [], []
    with patch.object(Argon2PasswordHasher, "verify", timed):
        for number in range(count + 1):
            spent.clear()
            environ = _sign_in(browser)
            started = time.process_time()
            status, headers = _answer(application, environ)
            took = time.process_time() - started
            assert status.startswith("200"), status
            for name, value in headers:
                if name == "Set-Cookie":
                    browser.cookies.load(value)
            if number:  # the first one warms up
                hashes.append(sum(spent) * 1000)
                rests.append((took - sum(spent)) * 1000)
    return hashes, rests


def _browser() -> RequestFactory:
    browser = RequestFactory()
    browser.cookies[settings.CSRF_COOKIE_NAME] = get_random_string(CSRF_SECRET_LENGTH)
    return browser


def _sign_in(browser: RequestFactory) -> dict[str, Any]:
    """A sign-in of somebody who has signed out, on a device that is known, as a WSGI server hands it on."""
    browser.cookies.pop(settings.SESSION_COOKIE_NAME, None)
    environ: dict[str, Any] = browser.post(
        LOGIN,
        {"email": "sign-in@bench.example", "password": PASSWORD},
        content_type="application/json",
        headers={"X-CSRFToken": browser.cookies[settings.CSRF_COOKIE_NAME].value, "User-Agent": FIREFOX},
    ).environ
    return environ


def _answer(application: Any, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    said: list[Any] = []
    response = application(environ, lambda *given: said.extend(given))
    b"".join(response)
    response.close()
    return said[0], said[1]


def measure_session(bench: Bench) -> None:
    """A request of somebody who is signed in, to a view that reads nothing itself: what finding out who it is costs."""
    client = Client()
    client.force_login(User.objects.create_user("session@bench.example", PASSWORD))
    client.get(OWN)
    store = redis.Redis.from_url(settings.REDIS_URL)
    before = _reads(store)
    with Statements() as statements:
        for _ in range(bench.size.lists):
            assert client.get(OWN).status_code == 200
    reads, queries = (_reads(store) - before) / bench.size.lists, statements.count / bench.size.lists
    bench.report.add_goal("session: reads of Redis", f"{reads:g}", goal="1", is_met=reads == 1)
    bench.report.add_goal("session: queries", f"{queries:g}", goal="≤ 1", is_met=queries <= 1)


def _reads(store: Any) -> int:
    said = store.info("commandstats")
    return sum(said.get(name, {}).get("calls", 0) for name in READS)
