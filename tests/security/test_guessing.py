"""Guessing passwords: from many addresses, on many accounts, with stolen lists."""

import pytest
from django.conf import settings as present
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.challenges.guard import SIEGE_AFTER
from accounts.mail.actions import send_due
from accounts.models import JournalEntry, OutgoingMail
from config.http.rates import Rate
from config.settings import base
from tests.accounts.challenges.solving import attempt, solved

LEARNER = "learner@harbour.example"


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.CHALLENGE_AFTER_FAILURES = base.CHALLENGE_AFTER_FAILURES
    settings.RATE_LIMITS = {**present.RATE_LIMITS, "sign_in_account": base.RATE_LIMITS["sign_in_account"]}


def guess(number: int, *, email: str = LEARNER, with_work: bool = True):
    """One wrong password from an address of its own."""
    return attempt(
        email, f"guess number {number}", solution=solved() if with_work else "", address=f"198.51.{number}.9"
    )


def test_many_addresses_on_one_account_have_to_work_and_the_owner_hears_of_it(cast):
    free = [guess(number, with_work=False).status_code for number in range(10)]
    assert free == [400] * 3 + [403] * 7
    for number in range(10, 10 + SIEGE_AFTER):
        assert guess(number).status_code == 400
    assert list(OutgoingMail.objects.filter(kind="password_guessed").values_list("address", flat=True)) == [LEARNER]
    assert JournalEntry.objects.filter(kind="accounts.password_guessed").count() == 1
    send_due(now=timezone.now())
    assert f"{present.SITE_URL}/settings/sessions" in mail.outbox[0].body
    # The owner is not locked out by others, and nothing is easier for those without work.
    assert attempt(LEARNER, address="192.0.2.1").status_code == 403
    assert attempt(LEARNER, address="192.0.2.1", solution=solved()).status_code == 200


def test_nobody_hears_of_guesses_at_an_account_that_does_not_exist(cast):
    for number in range(SIEGE_AFTER + 3):
        assert guess(number, email="nobody@harbour.example").status_code == 400
    assert not OutgoingMail.objects.exists()


def test_one_address_on_many_accounts_has_to_work(cast):
    statuses = [attempt(f"person{number}@harbour.example", "evening-tide").status_code for number in range(8)]
    assert statuses == [400] * 3 + [403] * 5


def test_a_stolen_list_costs_work_for_every_pair(cast):
    """Each pair once, each from another address: what neither a lockout by account nor one by address would see."""
    pairs = [(f"person{number}@harbour.example", f"stolen {number}") for number in range(6)]
    statuses = [attempt(email, password, address="203.0.113.5").status_code for email, password in pairs]
    assert statuses.count(400) == 3
    with_work = [attempt(*pair, address="203.0.113.5", solution=solved()).status_code for pair in pairs]
    assert with_work == [400] * 6
    once_more = [attempt(*pair, address="203.0.113.5", solution=solved()).status_code for pair in pairs]
    assert set(once_more) == {400}


def test_five_tries_a_minute_for_one_account_from_one_address(cast):
    answers = [attempt(LEARNER) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    refused = answers[-1]
    assert refused.json()["code"] == "throttled"
    assert refused.headers["RateLimit-Limit"] == "5"
    assert refused.headers["RateLimit-Remaining"] == "0"
    assert int(refused.headers["Retry-After"]) <= 60
    assert attempt("learner2@harbour.example").status_code == 200
    assert attempt(LEARNER.upper()).status_code == 429


def test_the_form_of_the_admin_is_limited_too(cast):
    form = {"username": cast.staff.account.email, "password": "wrong"}
    answers = [Client().post("/admin/login/", form) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"]


def test_with_work_the_lockout_by_account_and_address_still_stands(cast, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "sign_in_account": Rate("100/m")}
    statuses = [attempt(LEARNER, "wrong", solution=solved()).status_code for _ in range(6)]
    assert statuses == [400] * 4 + [429] * 2
    assert attempt(LEARNER, solution=solved()).json()["code"] == "locked_out"
