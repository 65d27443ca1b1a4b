"""The work that a sign-in has to do after failures."""

import base64
import json
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from config.demo import DEMO_PASSWORD
from config.http import counters
from tests.accounts.challenges.solving import CHALLENGE, LOGIN, attempt, solution_of, solved

LEARNER = "learner@harbour.example"
UNKNOWN = "nobody@harbour.example"


@pytest.fixture(autouse=True)
def challenged(settings):
    settings.CHALLENGE_AFTER_FAILURES = 3


def fail(email: str, times: int = 3, **where: str) -> None:
    for _ in range(times):
        assert attempt(email, "not the password", **where).status_code == 400


def sign_out(client: Client) -> None:
    """Only the session ends: the browser keeps its other cookies."""
    del client.cookies[settings.SESSION_COOKIE_NAME]


def problem(answer) -> dict[str, object]:
    return {key: value for key, value in answer.json().items() if key != "request_id"}


def test_three_failures_ask_for_a_challenge_even_with_the_right_password(cast):
    fail(LEARNER)
    answer = attempt(LEARNER)
    assert (answer.status_code, answer.json()["code"]) == (403, "challenge_required")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert attempt(LEARNER, solution=solved()).status_code == 200


def test_known_and_unknown_accounts_are_asked_alike(cast):
    fail(LEARNER, address="203.0.113.1")
    fail(UNKNOWN, address="203.0.113.2")
    known = attempt(LEARNER, address="203.0.113.1")
    unknown = attempt(UNKNOWN, address="203.0.113.2")
    assert known.status_code == 403
    assert problem(known) == problem(unknown)


def test_failures_count_for_the_account_wherever_they_come_from(cast):
    for last in (1, 2, 3):
        fail(LEARNER, 1, address=f"198.51.{last}.1")
    assert attempt(LEARNER, address="192.0.2.1").status_code == 403
    assert attempt("learner2@harbour.example", address="192.0.2.1").status_code == 200


def test_failures_count_for_the_address_whoever_they_are_for(cast):
    for number in range(3):
        fail(f"nobody{number}@harbour.example", 1)
    assert attempt(LEARNER).status_code == 403
    assert attempt(LEARNER, address="192.0.2.1").status_code == 200


def test_the_challenge_is_over_after_an_hour(cast):
    fail(LEARNER)
    counters._client(counters.settings.REDIS_URL).flushdb()
    assert attempt(LEARNER).status_code == 200


def test_a_solution_counts_once(cast):
    fail(LEARNER)
    solution = solved()
    assert attempt(LEARNER, solution=solution).status_code == 200
    assert attempt(LEARNER, solution=solution).status_code == 403
    padded = base64.b64encode(b" " + base64.b64decode(solution)).decode()
    assert attempt(LEARNER, solution=padded).status_code == 403


def test_a_solution_that_is_too_late_does_not_count(cast):
    fail(LEARNER)
    solution = solved()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert attempt(LEARNER, solution=solution).status_code == 403


def test_a_challenge_of_ones_own_making_does_not_count(cast):
    fail(LEARNER)
    challenge = Client().get(CHALLENGE).json()
    easy = {**challenge, "parameters": {**challenge["parameters"], "keyPrefix": "", "data": {"most": 0}}}
    assert attempt(LEARNER, solution=solution_of(easy)).status_code == 403
    unsigned = {"parameters": easy["parameters"]}
    assert attempt(LEARNER, solution=solution_of(unsigned)).status_code == 403


@pytest.mark.parametrize(
    "solution",
    [
        "x",
        "=",
        "\u00e9",
        "x" * 5000,
        base64.b64encode(b"[]").decode(),
        base64.b64encode(b"7").decode(),
        base64.b64encode(b'{"challenge": [], "solution": 1}').decode(),
        base64.b64encode(json.dumps({"challenge": {"parameters": None}, "solution": {}}).encode()).decode(),
        base64.b64encode(b"[" * 1000).decode(),
    ],
)
def test_nonsense_is_no_solution(cast, solution):
    fail(LEARNER)
    assert attempt(LEARNER, solution=solution).status_code == 403


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"email": f" {LEARNER.upper()} "}, "application/json"),
        ({"email": LEARNER}, "text/plain"),
        ({"email": LEARNER, "username": UNKNOWN, "login": UNKNOWN}, "application/json"),
        ({"email": LEARNER, "x": f"&email={UNKNOWN}&"}, "application/x-www-form-urlencoded"),
    ],
)
def test_the_account_is_the_one_that_is_tried_however_it_is_written(cast, body, kind):
    for last in (1, 2, 3):
        fail(LEARNER, 1, address=f"198.51.{last}.1")
    text = json.dumps({**body, "password": DEMO_PASSWORD})
    answer = Client(REMOTE_ADDR="192.0.2.1").generic("POST", LOGIN, text, content_type=kind)
    assert (answer.status_code, answer.json()["code"]) == (403, "challenge_required")


def test_the_admin_takes_only_browsers_that_staff_have_used_while_a_challenge_is_due(cast):
    staff = cast.staff.account.email
    form = {"username": staff, "password": DEMO_PASSWORD, "next": "/admin/"}
    known = Client()
    assert known.post("/admin/login/", form).status_code == 302
    sign_out(known)
    fail(staff, address="198.51.100.1")
    for client in (Client(), Client(REMOTE_ADDR="198.51.100.1")):
        refused = client.post("/admin/login/", form)
        assert refused.status_code == 403
        assert "failed sign-ins" in refused.content.decode()
    assert known.post("/admin/login/", form).status_code == 302
    other = Client()
    body = {"email": staff, "password": DEMO_PASSWORD}
    headers = {"X-Challenge": solved()}
    assert other.post(LOGIN, body, content_type="application/json", headers=headers).status_code == 200
    sign_out(other)
    other.post("/admin/login/", form)
    assert other.get("/admin/").status_code == 200


def test_without_redis_nobody_signs_in(cast, monkeypatch):
    monkeypatch.setattr("accounts.challenges.guard.counted", lambda *_: None)
    answer = attempt(LEARNER)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"]
