"""Opening an account: nobody gets in before the address is shown to be theirs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from academies.models import Membership
from accounts.identity.sign_up import SignUpInput
from accounts.identity.verification import address_proof
from accounts.journal.models import JournalEntry
from accounts.models import User
from config.demo import DEMO_PASSWORD
from tests.accounts.identity.mailbox import key_of, last_letter, letters
from tests.cast import Cast, Person, WatchedClient

Api = Callable[[Person], WatchedClient]
ALLAUTH = "/_allauth/browser/v1"
NEW = "nadia@example.org"
PASSWORD = "quiet-orchard-at-noon"
KNOWN = "learner@harbour.example"


def post(client: Client, path: str, body: dict[str, Any], **extra: Any) -> HttpResponse:
    return client.post(path, body, content_type="application/json", **extra)


def sign_up(client: Client, email: str = NEW, **changes: Any) -> HttpResponse:
    return post(client, f"{ALLAUTH}/auth/signup", {"email": email, "password": PASSWORD, "name": "Nadia", **changes})


def verify(client: Client, code: str) -> HttpResponse:
    return post(client, f"{ALLAUTH}/auth/email/verify", {"key": code})


def kinds() -> list[str]:
    return list(JournalEntry.objects.order_by("id").values_list("kind", flat=True))


def test_the_code_of_the_letter_opens_the_account(cast: Cast) -> None:
    client = Client()
    answer = sign_up(client, "Nadia@Example.org", locale="es", time_zone="Europe/Madrid")
    assert answer.status_code == 401
    assert {"id": "verify_email", "is_pending": True} in answer.json()["data"]["flows"]
    assert client.get("/api/v1/me/").status_code == 401
    letter = last_letter(NEW)
    assert letter["kind"] == "verify_address"
    answer = verify(client, letter["code"].lower().replace("-", " "))
    assert answer.status_code == 200, answer.content
    me = client.get("/api/v1/me/").json()
    assert (me["email"], me["name"], me["locale"], me["time_zone"]) == (NEW, "Nadia", "es", "Europe/Madrid")
    assert [academy["slug"] for academy in me["academies"]] == [cast.house.slug]
    assert [kind for kind in kinds() if kind.startswith("accounts.")] == [
        "accounts.signed_up",
        "accounts.address_verified",
        "accounts.signed_in",
    ]


def test_the_link_of_the_letter_works_in_another_browser_and_signs_nobody_in(cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    sign_up(here)
    letter = last_letter(NEW)
    assert letter["link"].startswith("http://testserver/verify/")
    for _ in range(2):
        assert post(elsewhere, "/api/v1/verification/", {"key": key_of(letter["link"])}).status_code == 204
    assert kinds().count("accounts.address_verified") == 1
    assert elsewhere.get("/api/v1/session/").json()["authenticated"] is False
    assert verify(here, letter["code"]).status_code == 200
    assert here.get("/api/v1/me/").status_code == 200
    assert kinds().count("accounts.address_verified") == 1


@pytest.mark.parametrize("key", ["", "x", "a:b:c", "ñ" * 900, "x" * 2000])
def test_a_made_up_link_is_refused(cast: Cast, key: str) -> None:
    answer = post(Client(), "/api/v1/verification/", {"key": key})
    assert answer.status_code in (400, 404)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_link_runs_out_and_dies_with_the_address(cast: Cast) -> None:
    sign_up(Client())
    key = key_of(last_letter(NEW)["link"])
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert post(Client(), "/api/v1/verification/", {"key": key}).json()["code"] == "link_not_valid"
    User.objects.filter(email=NEW).update(email="other@example.org")
    assert post(Client(), "/api/v1/verification/", {"key": key}).json()["code"] == "link_not_valid"


def test_codes_cannot_be_guessed(cast: Cast) -> None:
    client = Client()
    sign_up(client)
    code = last_letter(NEW)["code"]
    statuses = [verify(client, "AAAAAA").status_code for _ in range(6)]
    assert statuses == [400, 400, 400, 400, 400, 409]
    assert verify(client, code).status_code == 409
    assert not EmailAddress.objects.get(email=NEW).verified


def test_whoever_lost_the_code_signs_in_and_gets_another(cast: Cast) -> None:
    sign_up(Client())
    first = last_letter(NEW)["code"]
    client = Client()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        answer = post(client, f"{ALLAUTH}/auth/login", {"email": NEW, "password": PASSWORD})
        assert answer.status_code == 401
        assert client.get("/api/v1/me/").status_code == 401
        second = last_letter(NEW)["code"]
        assert second != first
        assert verify(client, second).status_code == 200


def test_resending_has_a_pause_and_an_end(cast: Cast) -> None:
    for email in (NEW, KNOWN):
        client, now = Client(), timezone.now()
        with time_machine.travel(now):
            sign_up(client, email)
            before = len(letters(email))
            assert post(client, f"{ALLAUTH}/auth/email/verify/resend", {}).status_code == 429
        statuses = []
        for minute in range(1, 6):
            with time_machine.travel(now + timedelta(minutes=minute)):
                statuses.append(post(client, f"{ALLAUTH}/auth/email/verify/resend", {}).status_code)
        assert statuses == [200, 200, 200, 200, 409]
        assert len(letters(email)) == before + 4
    assert post(Client(), f"{ALLAUTH}/auth/email/verify/resend", {}).status_code == 409


def test_an_address_that_has_an_account_is_answered_the_same(cast: Cast) -> None:
    new, known = Client(), Client()
    answers = [sign_up(new), sign_up(known, KNOWN)]
    assert answers[0].content == answers[1].content
    assert {answer.status_code for answer in answers} == {401}
    assert [sorted(answer.cookies) for answer in answers] == [["csrftoken", "sessionid"]] * 2
    wrong = [verify(new, "AAAAAA"), verify(known, "AAAAAA")]
    assert wrong[0].content == wrong[1].content
    seen = [client.get(f"{ALLAUTH}/auth/session") for client in (new, known)]
    assert seen[0].content == seen[1].content
    assert last_letter(KNOWN)["kind"] == "account_exists"
    assert User.objects.get(email=KNOWN).check_password(DEMO_PASSWORD)


def test_two_at_once_with_one_address(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has looked before the first was there."""
    sign_up(Client())
    monkeypatch.setattr(SignUpInput, "validate_unique_email", lambda self, email: email)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert sign_up(Client()).status_code == 401
    assert User.objects.filter(email=NEW).count() == 1
    assert [letter.kind for letter in letters(NEW)] == ["verify_address", "account_exists"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"password": "short"}, "password_too_short"),
        ({"password": "x" * 129}, "password_too_long"),
        ({"password": "qwertyuiop123"}, "password_too_common"),
        ({"password": "nadia@example.org"}, "password_too_similar"),
        ({"name": ""}, "required"),
        ({"time_zone": "Mars/Olympus"}, "unknown_time_zone"),
        ({"consents": "terms@1"}, "invalid"),
        ({"consents": ["no version"]}, "invalid"),
        ({"email": f"{'a' * 250}@example.org"}, "max_length"),
        ({"email": "nobody"}, "invalid"),
        ({"locale": "xx"}, "invalid_choice"),
    ],
)
def test_what_is_not_right_is_named(cast: Cast, changes: dict[str, Any], code: str) -> None:
    answer = sign_up(Client(), **changes)
    assert answer.status_code == 400
    assert code in [error["code"] for error in answer.json()["errors"]]
    assert not User.objects.filter(email=NEW).exists()


def test_rights_cannot_be_taken_along(cast: Cast) -> None:
    sign_up(Client(), is_staff=True, is_superuser=True, verified=True, id=str(cast.staff.account.pk))
    made = User.objects.get(email=NEW)
    assert not made.is_staff
    assert not made.is_superuser
    assert not EmailAddress.objects.get(user=made).verified


def test_consents_are_in_the_journal(cast: Cast) -> None:
    sign_up(Client(), consents=["terms@2", "privacy@1"])
    assert JournalEntry.objects.get(kind="accounts.signed_up").payload["consents"] == ["terms@2", "privacy@1"]


def test_a_proved_address_needs_no_letter(cast: Cast) -> None:
    client = Client()
    assert sign_up(client, proof=address_proof(NEW)).status_code == 200
    assert client.get("/api/v1/me/").status_code == 200
    assert letters(NEW) == []


def test_a_proof_is_for_one_address_only(cast: Cast) -> None:
    client = Client()
    assert sign_up(client, proof=address_proof("other@example.org")).status_code == 401
    assert client.get("/api/v1/me/").status_code == 401


def test_sign_up_can_be_closed_except_for_who_is_invited(cast: Cast, settings: Any) -> None:
    settings.SIGNUP_OPEN = False
    for proof in ({}, {"proof": "made-up"}):
        closed = sign_up(Client(), **proof)
        assert [error["code"] for error in closed.json()["errors"]] == ["sign_up_closed"]
    assert not User.objects.filter(email=NEW).exists()
    assert sign_up(Client(), proof=address_proof(NEW)).status_code == 200


def test_who_is_signed_in_does_not_sign_up(cast: Cast, api: Api) -> None:
    assert sign_up(api(cast.outsider)).status_code == 409


def test_letters_lead_to_the_site_and_not_to_the_host_of_the_request(cast: Cast) -> None:
    sign_up(Client(), HTTP_HOST="localhost", HTTP_X_FORWARDED_HOST="evil.example")
    assert last_letter(NEW)["link"].startswith("http://testserver/")


def test_people_made_by_staff_are_verified(cast: Cast) -> None:
    made = User.objects.create_user("made@example.org", PASSWORD)
    assert EmailAddress.objects.get(user=made).verified
    assert post(Client(), f"{ALLAUTH}/auth/login", {"email": made.email, "password": PASSWORD}).status_code == 200


def test_nobody_has_a_home_before_the_address_is_verified(cast: Cast) -> None:
    sign_up(Client())
    assert not Membership.objects.filter(user__email=NEW).exists()
