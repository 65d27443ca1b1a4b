"""Benchmarks of signing in and of being signed in, inside of one process: what they cost beside the password hash."""

import time
from statistics import median
from typing import Any

import redis
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from accounts.models import User
from tests.benchmarks.bench import Bench, Statements

LOGIN = "/_allauth/browser/v1/auth/login"
OWN = "/api/v1/me/step-up/"
PASSWORD = "lantern-over-the-quay"
READS = ("cmdstat_get", "cmdstat_mget")


def measure_sign_in(bench: Bench) -> None:
    """A sign-in with the right password: CPU of the request and, inside of it, of the hash."""
    User.objects.create_user("sign-in@bench.example", PASSWORD)
    credentials = {"email": "sign-in@bench.example", "password": PASSWORD}
    hashing, totals, rests = [], [], []
    verify = Argon2PasswordHasher.verify

    def timed(hasher: Any, password: str, encoded: str) -> bool:
        started = time.process_time()
        is_right: bool = verify(hasher, password, encoded)
        hashing.append(time.process_time() - started)
        return is_right

    # One for all: each new one would load the middleware again.
    client = Client()
    Argon2PasswordHasher.verify = timed
    try:
        for number in range(bench.size.starts + 1):
            # As people do: signed out, on a device that is known.
            client.cookies.pop(settings.SESSION_COOKIE_NAME, None)
            hashing.clear()
            started = time.process_time()
            answer = client.post(LOGIN, credentials, content_type="application/json")
            took = time.process_time() - started
            assert answer.status_code == 200, answer.content
            if number:  # the first one warms up
                totals.append(took * 1000)
                rests.append((took - sum(hashing)) * 1000)
    finally:
        Argon2PasswordHasher.verify = verify
    hashed = median(totals) - median(rests)
    bench.report.add_goal("sign in: CPU of the password hash", f"{hashed:.1f} ms")
    rest = median(rests)
    bench.report.add_goal("sign in: CPU of all else", f"{rest:.2f} ms", goal="≤ 5 ms", is_met=rest <= 5)


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
