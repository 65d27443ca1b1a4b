"""Signing in through the API: who gets in, who is locked out, and what the journal keeps of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.identity.lockout import username_of
from accounts.identity.sign_ins import address_digest
from accounts.journal.models import JournalEntry
from config.demo import DEMO_PASSWORD
from tests.cast import Cast, Person, WatchedClient

Api = Callable[[Person], WatchedClient]
LOGIN = "/_allauth/browser/v1/auth/login"
LEARNER = "learner@harbour.example"
OTHER = "learner2@harbour.example"


def log_in(email: str, password: str = DEMO_PASSWORD, **extra: Any) -> HttpResponse:
    return Client().post(LOGIN, {"email": email, "password": password}, content_type="application/json", **extra)


def fail(email: str, times: int = 5) -> HttpResponse:
    for _ in range(times):
        answer = log_in(email, "not the password")
    return answer


def journal(kind: str) -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(kind=f"accounts.{kind}").order_by("id"))


def test_the_right_password_opens_a_session(cast: Cast) -> None:
    client = Client()
    body = {"email": "Learner@Harbour.example", "password": DEMO_PASSWORD}
    answer = client.post(LOGIN, body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert answer.json()["data"]["user"] == {
        "id": str(cast.harbour.learner.account.pk),
        "display": "Lena Novak",
        "email": LEARNER,
        "has_usable_password": True,
    }
    assert client.get("/api/v1/me/").json()["email"] == LEARNER
    [entry] = journal("signed_in")
    assert (entry.actor, entry.subject_id) == (cast.harbour.learner.account, str(cast.harbour.learner.account.pk))


def test_signing_out_ends_the_session(cast: Cast) -> None:
    client = Client()
    client.post(LOGIN, {"email": LEARNER, "password": DEMO_PASSWORD}, content_type="application/json")
    assert client.delete("/_allauth/browser/v1/auth/session").status_code == 401
    assert client.get("/api/v1/me/").status_code == 401


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(cast: Cast) -> None:
    wrong, unknown = log_in(LEARNER, "not the password"), log_in("nobody@harbour.example")
    assert (wrong.status_code, unknown.status_code) == (400, 400)
    assert wrong.json() == unknown.json()


def test_a_failure_leaves_no_address_in_the_journal(cast: Cast) -> None:
    log_in("Nobody@Harbour.example")
    fail(LEARNER, 1)
    unknown, known = journal("sign_in_failed")
    assert unknown.payload == {"user_id": None, "address": address_digest("nobody@harbour.example")}
    assert known.subject_id == str(cast.harbour.learner.account.pk)
    assert "harbour" not in str([unknown.payload, known.payload])


def test_an_inactive_person_with_the_right_password_is_told_so(cast: Cast) -> None:
    user = cast.harbour.learner.account
    user.is_active = False
    user.save()
    answer = log_in(LEARNER)
    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == ["account_inactive"]
    assert log_in(LEARNER, "not the password").json()["errors"][0]["code"] != "account_inactive"
    assert journal("signed_in") == []


def test_five_failures_lock_the_person_out_even_with_the_right_password(cast: Cast) -> None:
    assert fail(LEARNER, 4).status_code == 400
    for answer in (fail(LEARNER, 1), log_in(LEARNER), log_in(LEARNER.upper())):
        assert answer.status_code == 429
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "locked_out"
        assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
    assert len(journal("sign_in_failed")) == 4
    assert len(journal("sign_in_locked")) == 1


def test_one_learners_failures_do_not_lock_the_classroom(cast: Cast) -> None:
    assert fail(LEARNER, 6).status_code == 429
    assert log_in(OTHER).status_code == 200


def test_somebody_elsewhere_cannot_lock_a_person_out(cast: Cast) -> None:
    assert fail(LEARNER, 6).status_code == 429
    assert log_in(LEARNER, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_behind_a_proxy_it_is_the_client_that_counts(cast: Cast, settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = 1
    for _ in range(6):
        answer = log_in(LEARNER, "not the password", HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.9")
    assert answer.status_code == 429
    assert log_in(LEARNER, HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.10").status_code == 200


def test_success_starts_the_count_again(cast: Cast) -> None:
    fail(LEARNER, 4)
    assert log_in(LEARNER).status_code == 200
    assert fail(LEARNER, 4).status_code == 400
    assert log_in(LEARNER).status_code == 200


def test_the_lock_opens_after_a_while(cast: Cast) -> None:
    fail(LEARNER)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert log_in(LEARNER).status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("auth/code/request", {"email": LEARNER}),
        ("account/email", {"email": "new@example.org"}),
    ],
)
def test_what_is_not_set_up_is_not_there(cast: Cast, api: Api, path: str, body: dict[str, str]) -> None:
    for person in (cast.harbour.learner, cast.anonymous):
        answer = api(person).post(f"/_allauth/browser/v1/{path}", body)
        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"email": null, "password": null}',
        '{"email": {"a": 1}, "password": ["x"]}',
        '{"email": "a\\u0000b@example.org", "password": "x"}',
        '{"email": "\\ud800@example.org", "password": "x"}',
        f'{{"email": "{"a" * 300}@example.org", "password": "x"}}',
        '{"email": "a@example.org", "password": "' + "x" * 5000 + '"}',
    ],
)
def test_nonsense_is_refused(cast: Cast, body: str) -> None:
    assert Client().post(LOGIN, body, content_type="application/json").status_code == 400


def test_the_address_is_found_wherever_it_is_said() -> None:
    post = RequestFactory().post
    assert username_of(post("/"), {"email": " A@B.example "}) == "a@b.example"
    assert username_of(post("/"), {"username": "a@b.example", "password": "x"}) == "a@b.example"
    assert username_of(post("/", {"username": "C@d.example"})) == "c@d.example"
    assert username_of(post("/", {"login": "C@d.example"})) == "c@d.example"
    json = '{"email": "E@f.example"}'
    assert username_of(post("/", json, content_type="application/json")) == "e@f.example"
    assert username_of(post("/", json, content_type="application/json"), {"username": "g@h.example"}) == "g@h.example"
    for nothing in ("", "[", "[]", '{"email": 7}', "[" * 100_000):
        assert username_of(post("/", nothing, content_type="application/json")) is None
    assert username_of(RequestFactory().get("/")) is None
