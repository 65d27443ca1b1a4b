"""Another password: by the link of a letter, or with the present one. What was open before is closed after."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.journal.models import JournalEntry
from accounts.models import User
from config.demo import DEMO_PASSWORD
from tests.accounts.identity.mailbox import key_of, last_letter, letters
from tests.cast import Cast

ALLAUTH = "/_allauth/browser/v1"
LEARNER = "learner@harbour.example"
NOBODY = "nobody@harbour.example"
PASSWORD = "quiet-orchard-at-noon"


def post(client: Client, path: str, body: dict[str, Any], **extra: Any) -> HttpResponse:
    return client.post(f"{ALLAUTH}/{path}", body, content_type="application/json", **extra)


def signed_in(password: str = DEMO_PASSWORD) -> Client:
    client = Client()
    assert post(client, "auth/login", {"email": LEARNER, "password": password}).status_code == 200
    return client


def is_in(client: Client) -> bool:
    return client.get("/api/v1/session/").json()["authenticated"]


def ask(email: str = LEARNER, **extra: Any) -> HttpResponse:
    return post(Client(), "auth/password/request", {"email": email}, **extra)


def reset(key: str, password: str = PASSWORD, client: Client | None = None) -> HttpResponse:
    return post(client or Client(), "auth/password/reset", {"key": key, "password": password})


def asked_key() -> str:
    assert ask().status_code == 200
    return key_of(last_letter(LEARNER)["link"])


def test_the_link_of_the_letter_sets_another_password_and_ends_every_session(cast: Cast) -> None:
    before, also_before = signed_in(), signed_in()
    key, here = asked_key(), Client()
    assert reset(key, client=here).status_code == 401
    assert [is_in(client) for client in (before, also_before, here)] == [False, False, False]
    assert post(Client(), "auth/login", {"email": LEARNER, "password": DEMO_PASSWORD}).status_code == 400
    assert is_in(signed_in(PASSWORD))
    assert last_letter(LEARNER)["kind"] == "password_changed"
    [entry] = JournalEntry.objects.filter(kind="accounts.password_changed")
    assert (entry.actor, entry.payload) == (
        cast.harbour.learner.account,
        {"user_id": str(cast.harbour.learner.account.pk)},
    )


def test_the_link_works_once_and_for_an_hour(cast: Cast) -> None:
    key = asked_key()
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert reset(key).status_code == 400
    assert reset(key).status_code == 401
    again = reset(key, "another-quiet-orchard")
    assert [error["code"] for error in again.json()["errors"]] == ["invalid_password_reset"]
    assert signed_in(PASSWORD)


def test_an_older_link_dies_with_the_password(cast: Cast) -> None:
    first, second = asked_key(), asked_key()
    assert reset(second).status_code == 401
    assert reset(first).status_code == 400


@pytest.mark.parametrize("key", ["", "x", "-", "1-2", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz-abc", "ñ-ñ", "a" * 5000])
def test_a_made_up_link_is_refused(cast: Cast, key: str) -> None:
    assert reset(key).status_code == 400


@pytest.mark.parametrize("password", ["short", "x" * 129, "qwertyuiop123", LEARNER, "lenanovak2026"])
def test_a_weak_password_is_refused_and_the_link_stays(cast: Cast, password: str) -> None:
    key = asked_key()
    assert reset(key, password).status_code == 400
    assert reset(key).status_code == 401


def test_a_reset_verifies_the_address(cast: Cast) -> None:
    EmailAddress.objects.filter(email=LEARNER).update(verified=False)
    reset(asked_key())
    assert EmailAddress.objects.get(email=LEARNER).verified
    assert is_in(signed_in(PASSWORD))


def test_an_unknown_address_is_answered_the_same_and_gets_a_letter_too(cast: Cast) -> None:
    known, unknown = ask(), ask(NOBODY)
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert sorted(known.cookies) == sorted(unknown.cookies)
    assert [letter.kind for letter in letters(LEARNER)] == ["password_reset"]
    assert [letter.kind for letter in letters(NOBODY)] == ["unknown_account"]


def test_an_unknown_address_costs_as_many_queries(cast: Cast) -> None:
    counts = []
    for email in (LEARNER, NOBODY):
        with CaptureQueriesContext(connection) as queries:
            ask(email)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_inactive_person_is_nobody(cast: Cast) -> None:
    User.objects.filter(email=LEARNER).update(is_active=False)
    assert ask().status_code == 200
    assert last_letter(LEARNER)["kind"] == "unknown_account"


def test_a_mailbox_is_not_flooded(cast: Cast) -> None:
    for email in (LEARNER, NOBODY):
        assert [ask(email).status_code for _ in range(6)] == [200] * 5 + [429]
        assert len(letters(email)) == 5


def test_the_link_leads_to_the_site_and_not_to_the_host_of_the_request(cast: Cast) -> None:
    ask(HTTP_HOST="localhost", HTTP_X_FORWARDED_HOST="evil.example")
    assert last_letter(LEARNER)["link"].startswith("http://testserver/reset/")


def test_a_letter_to_an_unknown_address_is_in_the_visitors_language(cast: Cast) -> None:
    ask(NOBODY, HTTP_ACCEPT_LANGUAGE="es")
    assert letters(NOBODY)[0].locale == "es"


def test_changing_needs_the_present_password_and_keeps_this_session_alone(cast: Cast) -> None:
    here, elsewhere = signed_in(), signed_in()
    wrong = {"current_password": "not the password", "new_password": PASSWORD}
    refused = post(here, "account/password/change", wrong)
    assert [error["param"] for error in refused.json()["errors"]] == ["current_password"]
    assert is_in(elsewhere)
    right = {"current_password": DEMO_PASSWORD, "new_password": PASSWORD}
    assert post(here, "account/password/change", right).status_code == 200
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert last_letter(LEARNER)["kind"] == "password_changed"
    assert is_in(signed_in(PASSWORD))


def test_a_visitor_changes_no_password(cast: Cast) -> None:
    body = {"current_password": DEMO_PASSWORD, "new_password": PASSWORD}
    assert post(Client(), "account/password/change", body).status_code == 401


@pytest.mark.parametrize("path", ["auth/signup", "auth/password/request", "auth/password/reset", "auth/email/verify"])
@pytest.mark.parametrize(
    "body", ["[]", "null", "{", '{"email": {"a": 1}, "key": ["x"], "password": {}}', '{"email": 7}']
)
def test_nonsense_is_refused(cast: Cast, path: str, body: str) -> None:
    answer = Client().post(f"{ALLAUTH}/{path}", body, content_type="application/json")
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("path", ["auth/signup", "auth/password/request", "auth/password/reset", "auth/email/verify"])
def test_a_foreign_page_cannot_send_it(cast: Cast, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"{ALLAUTH}/{path}", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
