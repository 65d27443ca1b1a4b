"""Headers and logs cannot be written into by who sends a request."""

import json
from typing import Any

import pytest
from django.test import Client
from structlog.testing import capture_logs

from accounts.journal.models import JournalEntry
from config.demo import DEMO_PASSWORD
from config.http.logs import _finish, mask_personal_data
from tests.cast import Cast

LOGIN = "/_allauth/browser/v1/auth/login"
NASTY = 'x\r\nSet-Cookie: a=b\r\n\r\n{"event": "forged", "level": "error"}\x1b[31m\u2028'


@pytest.mark.parametrize("name", ["HTTP_X_REQUEST_ID", "HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ORIGIN"])
@pytest.mark.parametrize("path", ["/", "/api/v1/session/", "/admin/login/", "/problems/x", "/api/v1/nothing"])
def test_no_header_of_a_request_makes_one_of_the_answer(db: None, name: str, path: str) -> None:
    answer = Client().get(path, **{name: NASTY})
    for header, value in answer.headers.items():
        assert "\r" not in header + value
        assert "\n" not in header + value
    assert "a=b" not in str(answer.cookies)


@pytest.mark.parametrize("path", ["/x%0d%0aSet-Cookie:%20a=b", "/api/v1/academies/a%0d%0ab/", "/admin%0d%0a/"])
def test_no_path_makes_a_header(cast: Cast, path: str) -> None:
    answer = Client().get(path)
    assert "Set-Cookie" not in answer.headers
    assert all("\n" not in value for value in answer.headers.values())


def test_every_line_of_the_log_is_one_object_of_ours(cast: Cast) -> None:
    client = Client()
    body = json.dumps({"email": f"{NASTY}@example.org", "password": DEMO_PASSWORD})
    with capture_logs() as events:
        client.post(LOGIN, body, content_type="application/json", HTTP_USER_AGENT=NASTY, HTTP_X_REQUEST_ID=NASTY)
        client.get("/%0a%7B%22event%22:%20%22forged%22%7D?q=%0aforged", HTTP_REFERER=NASTY)
    assert len(events) >= 2
    for event in [*events, {"event": "x", "said": NASTY}]:
        line: Any = event
        for processor in _finish(readable=False):
            line = processor(None, "info", line)
        assert len(line.splitlines()) == 1
        assert json.loads(line)["event"] != "forged"
        assert DEMO_PASSWORD not in line
        assert "\x1b" not in line


def test_secrets_never_reach_the_log_whatever_they_are_called() -> None:
    event = {
        "event": "x",
        "password": "p",
        "headers": {"Authorization": "Attempt t", "Cookie": "__Host-session=s", "X-CSRFToken": "c"},
        "deep": [{"client_secret": "s", "otp_token": "1", "note": "mail me at lena@harbour.example"}],
        "__Host-session": "s",
    }
    said = json.dumps(mask_personal_data(None, "info", event))
    for secret in ("Attempt t", "session=s", '"p"', '"1"', "lena@"):
        assert secret not in said


def test_a_device_in_the_journal_is_a_name_from_a_list(cast: Cast) -> None:
    body = {"email": "learner@harbour.example", "password": "wrong"}
    Client().post(LOGIN, body, content_type="application/json", HTTP_USER_AGENT=f"Firefox/133.0 {NASTY}")
    device = JournalEntry.objects.latest("id").device
    assert device in ("", "Firefox")
