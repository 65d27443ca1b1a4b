"""Whether the time of an answer tells that an address has an account."""

from collections.abc import Callable, Iterator
from itertools import cycle, islice
from statistics import median
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.models import User
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Costs, Variant, interleave
from tests.benchmarks.load import Load, closed_loop, request_of
from tests.benchmarks.world import CSRF, settle

ALLAUTH = "/_allauth/browser/v1/auth"
PASSWORD = "quiet-orchard-at-noon"
# Many short rounds: whatever else the machine does hits known and unknown addresses alike.
ROUNDS, SESSIONS = 25, 4
# Requests of a round: few where a password is hashed, more where an answer takes a few milliseconds.
FEW, MANY = 2, 12
MOST_APART = 0.1

Requests = Callable[[int], Iterator[bytes]]


def measure_enumeration(bench: Bench) -> None:
    """Sign-up, sign-in, reset and resend, each with known and with unknown addresses."""
    known = _people((ROUNDS + 1) * MANY)
    unknown = [f"nobody{number}@unknown.example" for number in range(len(known))]
    new = [f"new{number}@unknown.example" for number in range(len(known))]
    sessions = _pending(known[:SESSIONS]), _pending([f"pending{n}@unknown.example" for n in range(SESSIONS)])
    settle()
    sign_up = {"password": PASSWORD, "name": "Nadia Costa"}
    wrong = {"password": "not the password"}
    measured: dict[str, tuple[Requests, Requests, int]] = {
        "sign-up": (_asking("signup", known, sign_up, FEW), _asking("signup", new, sign_up, FEW), 401),
        "sign-in": (_asking("login", known, wrong, FEW), _asking("login", unknown, wrong, FEW), 400),
        "reset": (_asking("password/request", known, {}, MANY), _asking("password/request", unknown, {}, MANY), 200),
        "resend": (_resending(sessions[0]), _resending(sessions[1]), 200),
    }
    for name, (of_known, of_unknown, status) in measured.items():
        costs = interleave(
            [
                _variant(bench, f"{name}, known address", of_known, status),
                _variant(bench, f"{name}, unknown address", of_unknown, status),
            ],
            rounds=ROUNDS,
        )
        for each in costs:
            bench.report.add_costs(each)
        ratio = _ratio(*costs)
        bench.report.add_goal(
            f"{name}: median time for a known address to that for an unknown one",
            f"{ratio:.2f} ×",
            goal=f"{1 - MOST_APART:.1f} × to {1 + MOST_APART:.1f} ×",
            is_met=abs(ratio - 1) <= MOST_APART,
        )


def _people(count: int) -> list[str]:
    password = make_password(PASSWORD)
    people = User.objects.bulk_create(
        User(email=f"somebody{number}@known.example", password=password) for number in range(count)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in people
    )
    return [user.email for user in people]


def _pending(addresses: list[str]) -> list[dict[str, str]]:
    """Headers of browsers that wait for a code."""
    browsers = []
    for address in addresses:
        client = Client()
        body = {"email": address, "password": PASSWORD, "name": "Nadia Costa"}
        client.post(f"{ALLAUTH}/signup", body, content_type="application/json")
        browsers.append(_headers(sessionid=client.cookies["sessionid"].value))
    return browsers


def _headers(**cookies: str) -> dict[str, str]:
    cookies["csrftoken"] = CSRF
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "X-CSRFToken": CSRF}


def _asking(path: str, addresses: list[str], body: dict[str, Any], each: int) -> Requests:
    """Requests with one address each, which no other round has."""

    def requests(number: int) -> Iterator[bytes]:
        for address in addresses[number * each : (number + 1) * each]:
            yield request_of("POST", f"{ALLAUTH}/{path}", body={"email": address, **body}, headers=_headers())

    return requests


def _resending(browsers: list[dict[str, str]]) -> Requests:
    return lambda _: (
        request_of("POST", f"{ALLAUTH}/email/verify/resend", body={}, headers=browser)
        for browser in islice(cycle(browsers), MANY)
    )


def _variant(bench: Bench, name: str, requests: Requests, status: int) -> Variant:
    """Over one connection: what waits for others tells nothing about the time of an answer."""

    def run(number: int) -> Callable[[], Load]:
        made = list(requests(number))
        return lambda: closed_loop(bench.platform.port, [made], expected=frozenset({status}))

    return Variant(name=name, web=bench.platform, run=run)


def _ratio(known: Costs, unknown: Costs) -> float:
    """Of the median times, over all rounds."""
    times = [median(time for cost in costs.rounds for time in cost.load.latencies) for costs in (known, unknown)]
    return times[0] / times[1]
