"""How often somebody may ask, what they are told about it, and what happens while Redis is away."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from structlog.testing import capture_logs

from accounts.models import User
from config.http.rates import Rate
from tests.http.problem import csrf, problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_counters")]
OPEN = "/api/v1/open/"
LIMITED = "/api/v1/limited/"
SIGN_IN = "/_allauth/browser/v1/auth/login"


@pytest.fixture(autouse=True)
def rates(settings: LazySettings) -> None:
    settings.RATE_LIMITS = {
        **settings.RATE_LIMITS,
        "default": Rate("3/m"),
        "anonymous": Rate("2/m"),
        "start": Rate("1/h"),
        "sign_in": Rate("2/m", when_redis_is_away="closed"),
    }


def test_a_response_says_how_much_is_left(browser: Client) -> None:
    response = browser.get(OPEN)
    assert response.headers["RateLimit-Limit"] == "3"
    assert response.headers["RateLimit-Remaining"] == "2"
    assert 55 <= int(response.headers["RateLimit-Reset"]) <= 60


def test_one_too_many_is_429_and_says_when_to_return(browser: Client) -> None:
    assert [browser.get(OPEN).status_code for _ in range(3)] == [200, 200, 200]
    response = browser.get(OPEN)
    problem(response, 429, "throttled")
    assert response.headers["RateLimit-Remaining"] == "0"
    assert 55 <= int(response.headers["Retry-After"]) <= 60


def test_people_are_counted_apart_and_visitors_by_their_address(browser: Client, visitor: Client) -> None:
    for _ in range(4):
        browser.get(OPEN)
    other = Client(raise_request_exception=False)
    other.force_login(User.objects.create_user("grace@harbour.example"))
    assert other.get(OPEN).status_code == 200
    assert [visitor.get(OPEN).status_code for _ in range(3)] == [200, 200, 429]
    assert visitor.get(OPEN, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_one_connection_in_ipv6_is_one_visitor(visitor: Client) -> None:
    codes = [visitor.get(OPEN, REMOTE_ADDR=f"2001:db8:1:2::{n}").status_code for n in range(1, 4)]
    assert codes == [200, 200, 429]


def test_a_view_may_have_a_rate_of_its_own_by_method(browser: Client) -> None:
    token = csrf(browser)
    assert browser.post(LIMITED, {}, content_type="application/json", headers=token).status_code == 200
    problem(browser.post(LIMITED, {}, content_type="application/json", headers=token), 429, "throttled")
    assert browser.get(LIMITED).headers["RateLimit-Limit"] == "3"


def test_the_window_ends(browser: Client, redis_counters: Any, person: User) -> None:
    for _ in range(4):
        browser.get(OPEN)
    redis_counters.pexpire(f"rate:default:{person.pk}", 1)
    while redis_counters.exists(f"rate:default:{person.pk}"):
        pass
    assert browser.get(OPEN).status_code == 200


def test_a_counter_that_lost_its_end_gets_one(browser: Client, redis_counters: Any, person: User) -> None:
    redis_counters.set(f"rate:default:{person.pk}", 1)
    assert browser.get(OPEN).status_code == 200
    assert redis_counters.ttl(f"rate:default:{person.pk}") > 0


@pytest.mark.usefixtures("no_redis")
def test_without_redis_everything_stays_open_and_it_is_logged_once(browser: Client) -> None:
    with capture_logs() as lines:
        responses = [browser.get(OPEN) for _ in range(5)]
    assert {response.status_code for response in responses} == {200}
    assert "RateLimit-Limit" not in responses[0].headers
    assert len([line for line in lines if line.get("consequence") == "rates are not counted"]) == 1


@pytest.mark.usefixtures("no_redis")
def test_without_redis_sessions_go_on(browser: Client, settings: LazySettings) -> None:
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    with capture_logs() as lines:
        assert [browser.get(OPEN).json()["signed_in"] for _ in range(3)] == [True, True, True]
    assert len([line for line in lines if line.get("consequence") == "nothing is cached"]) == 1


@pytest.mark.usefixtures("no_redis")
def test_without_redis_nobody_may_guess_passwords(visitor: Client) -> None:
    response = visitor.post(SIGN_IN, {}, content_type="application/json")
    problem(response, 503, "unavailable")
    assert response.headers["Retry-After"]


@pytest.mark.usefixtures("no_redis")
def test_without_redis_a_closed_rate_refuses_and_the_others_of_the_view_do_not(
    browser: Client, settings: LazySettings
) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "start": Rate("1/h", when_redis_is_away="closed")}
    refused = browser.post(LIMITED, {}, content_type="application/json", headers=csrf(browser))
    problem(refused, 503, "unavailable")
    assert refused.headers["Retry-After"] == "5"
    assert browser.get(LIMITED).status_code == 200


def test_sign_ins_are_limited_by_address(visitor: Client) -> None:
    token = csrf(visitor)
    for n in range(2):
        body = {"email": f"p{n}@harbour.example", "password": "x"}
        assert visitor.post(SIGN_IN, body, content_type="application/json", headers=token).status_code == 400
    problem(visitor.post(SIGN_IN, {}, content_type="application/json", headers=token), 429, "throttled")
    assert visitor.get("/_allauth/browser/v1/auth/session").status_code == 401  # looking is not guessing


@pytest.mark.parametrize(("text", "seconds"), [("5/s", 1), ("5/m", 60), ("5/h", 3600), ("5/d", 86400)])
def test_rates(text: str, seconds: int) -> None:
    rate = Rate(text)
    assert (rate.limit, rate.seconds, rate.is_open_without_redis) == (5, seconds, True)


@pytest.mark.parametrize("text", ["", "5", "5/x", "x/m"])
def test_what_is_no_rate_is_no_setting(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        Rate(text)


def test_processes_count_together(settings: LazySettings) -> None:
    """Two processes that each take three: three of the six may pass."""
    command = (
        "import django; django.setup()\n"
        "from config.http.counters import count_one\n"
        "print(*[count_one('rate:test:together', window_seconds=60).count for _ in range(3)])"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "REDIS_URL": settings.REDIS_URL,
        "PYTEST_XDIST_WORKER": f"gw{int(settings.REDIS_URL.rpartition('/')[2]) - 1}",
    }
    started = [
        subprocess.Popen([sys.executable, "-c", command], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    counted = [int(number) for process in started for number in process.communicate(timeout=60)[0].split()]
    assert sorted(counted) == [1, 2, 3, 4, 5, 6]
