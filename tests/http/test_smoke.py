"""`manage.py smoke` walks through a working installation, and says exactly what is wrong with another."""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from accounts.models import User
from config import demo
from config.http.smoke import Failure, Journey, example_answer
from exams.models import Attempt
from tests.cast import Cast
from tests.factories.exams import make_delivery, make_plain_form

LEARNER = "learner@harbour.example"


@pytest.fixture
def platform(cast: Cast, settings: LazySettings, tmp_path: Path) -> Iterator[httpx.Client]:
    """The whole platform with an exam that is open, reached over HTTP in this process."""
    settings.ROOT_URLCONF = "config.urls"
    settings.FRONTEND_DIST = tmp_path
    (tmp_path / "index.html").write_text('<meta content="__CSP_NONCE__"><div id="root"></div>')
    make_delivery(make_plain_form(cast.harbour.academy, 2))
    transport = httpx.WSGITransport(app=get_wsgi_application())
    # The end of a request gives the connection back, and with it the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with httpx.Client(transport=transport, base_url="http://testserver") as client:
        yield client
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def journey(client: httpx.Client) -> tuple[Journey, list[str]]:
    said: list[str] = []
    return Journey(client=client, say=said.append, intention="one-intention"), said


def test_a_learner_gets_from_the_front_page_to_a_saved_answer(platform: httpx.Client) -> None:
    going, said = journey(platform)
    going.go(email=LEARNER, password=demo.DEMO_PASSWORD, academy="", submit=False)
    steps = [line[:18].strip() for line in said]
    assert steps == [
        "health",
        "front page",
        "session",
        "sign in",
        "who am I",
        "assigned exams",
        "instructions",
        "start or resume",
        "save an answer",
        "reload",
        "sign out",
        "signed out",
    ]
    assert all(line.endswith(" ms") for line in said)
    attempt = Attempt.objects.get(learner__email=LEARNER, state=Attempt.State.IN_PROGRESS)
    assert attempt.responses.count() == 1


def test_only_submit_ends_the_attempt(platform: httpx.Client) -> None:
    journey(platform)[0].go(email=LEARNER, password=demo.DEMO_PASSWORD, academy="", submit=True)
    learner = User.objects.get(email=LEARNER)
    assert not Attempt.objects.filter(learner=learner, state__in=Attempt.OPEN).exists()


@pytest.mark.parametrize(
    ("email", "password", "message"),
    [
        (LEARNER, "wrong", r"sign in: POST .* answered 400: .*email_password_mismatch"),
        ("instructor@harbour.example", demo.DEMO_PASSWORD, "who am I: this person sits no exams anywhere"),
    ],
)
def test_the_step_that_fails_is_named(platform: httpx.Client, email: str, password: str, message: str) -> None:
    with pytest.raises(Failure, match=message):
        journey(platform)[0].go(email=email, password=password, academy="", submit=False)


def answers(*given: tuple[int, dict[str, Any]]) -> Callable[[httpx.Request], httpx.Response]:
    remaining = iter(given)

    def handler(_: httpx.Request) -> httpx.Response:
        status, body = next(remaining)
        return httpx.Response(status, json=body)

    return handler


def test_a_problem_is_quoted_with_its_request() -> None:
    problem = {"code": "unavailable", "detail": "A part of the platform is down.", "request_id": "abc12345"}
    transport = httpx.MockTransport(answers((503, problem)))
    with httpx.Client(transport=transport, base_url="http://x") as client, pytest.raises(Failure) as failure:
        journey(client)[0].go(email="a", password="b", academy="", submit=False)
    expected = "health: GET /health answered 503: unavailable A part of the platform is down. (request abc12345)"
    assert str(failure.value) == expected


def test_a_page_that_is_not_the_front_end_is_noticed() -> None:
    transport = httpx.MockTransport(answers((200, {"status": "ok"}), (200, {"hello": "world"})))
    message = "front page: this is not the built front end"
    with httpx.Client(transport=transport, base_url="http://x") as client, pytest.raises(Failure, match=message):
        journey(client)[0].go(email="a", password="b", academy="", submit=False)


def test_the_command_fails_when_nobody_answers() -> None:
    with pytest.raises(CommandError, match="health: no answer"):
        call_command("smoke", url="http://127.0.0.1:1", email="a", password="b", stdout=StringIO())


@pytest.mark.parametrize(
    ("kind", "question", "answer"),
    [
        ("single_choice", {"options": [{"id": "a"}]}, {"choice": "a"}),
        ("true_false_not_given", {"options": [{"id": "true"}]}, {"choice": "true"}),
        ("multiple_choice", {"options": [{"id": "a"}, {"id": "b"}], "select": 2}, {"choices": ["a", "b"]}),
        ("multiple_choice", {"options": [{"id": "a"}, {"id": "b"}], "select": None}, {"choices": ["a"]}),
        ("matching", {"prompts": [{"id": "1"}], "options": [{"id": "x"}]}, {"pairs": {"1": "x"}}),
        ("ordering", {"options": [{"id": "b"}, {"id": "a"}]}, {"order": ["b", "a"]}),
        ("gap_fill", {"gaps": [{"id": "1"}], "choices": None}, {"gaps": {"1": "word"}}),
        ("gap_fill", {"gaps": [{"id": "1"}], "choices": ["fox"]}, {"gaps": {"1": "fox"}}),
        ("numeric", {"unit": None, "units": []}, {"number": "1", "unit": None}),
        ("numeric", {"unit": "GB", "units": ["GB", "MB"]}, {"number": "1", "unit": "GB"}),
        ("short_text", {"max_words": 3}, {"text": "word"}),
    ],
)
def test_every_type_of_item_can_be_answered(kind: str, question: dict[str, Any], answer: dict[str, Any]) -> None:
    assert example_answer({"type": kind, "question": question}) == answer
