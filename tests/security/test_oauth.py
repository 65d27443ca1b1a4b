"""Attacks on signing in with an account elsewhere."""

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from accounts.models import User
from config.http.rates import Rate
from tests.accounts.providers.browser import (
    PROVIDERS,
    REDIRECT,
    arrived,
    error_of,
    query_of,
    sent_back,
    sent_to_provider,
)

ME = "/api/v1/me/"

both = pytest.mark.parametrize("name", PROVIDERS)
pytestmark = pytest.mark.usefixtures("db", "provider", "open_to_all")


def nobody_came_in(*clients: Client) -> bool:
    return not User.objects.exists() and all(client.get(ME).status_code == 401 for client in clients)


@both
def test_a_state_counts_once(provider, name):
    client = Client()
    back = sent_back(sent_to_provider(client, name))
    assert error_of(client.get(back)) == ""
    exchanges = len(provider.state.exchanges)
    assert error_of(client.get(back)) == "unknown"
    assert len(provider.state.exchanges) == exchanges


@both
def test_the_state_of_another_session_is_not_taken(provider, name):
    attacker, victim = Client(), Client()
    back = sent_back(sent_to_provider(attacker, name))
    sent_to_provider(victim, name)
    assert error_of(victim.get(back)) == "unknown"
    assert nobody_came_in(victim)
    assert provider.state.exchanges == []


@both
def test_without_a_state_nothing_happens(provider, name):
    client = Client()
    code = query_of(sent_back(sent_to_provider(client, name)))["code"]
    assert error_of(client.get(f"/_allauth/{name}/callback?code={code}")) == "unknown"
    assert error_of(client.get(f"/_allauth/{name}/callback?code={code}&state=")) == "unknown"
    assert provider.state.exchanges == []


def test_what_one_provider_answers_is_not_taken_for_the_other(provider):
    client = Client()
    back = sent_back(sent_to_provider(client, "github"))
    assert error_of(client.get(back.replace("github", "google"))) == "unknown"
    assert nobody_came_in(client)
    assert provider.state.exchanges == []


@both
def test_a_code_counts_once(provider, name):
    client, attacker = Client(), Client()
    back = sent_back(sent_to_provider(client, name))
    code = query_of(back)["code"]
    assert error_of(client.get(back)) == ""
    state = query_of(sent_to_provider(attacker, name))["state"]
    assert error_of(attacker.get(f"/_allauth/{name}/callback?code={code}&state={state}")) == "unknown"
    assert attacker.get(ME).status_code == 401


@both
def test_a_stolen_code_is_worth_nothing_without_the_verifier(provider, name):
    """The attacker puts the victim's fresh code into a sign-in of their own."""
    victim, attacker = Client(), Client()
    code = query_of(sent_back(sent_to_provider(victim, name)))["code"]
    state = query_of(sent_to_provider(attacker, name))["state"]
    assert error_of(attacker.get(f"/_allauth/{name}/callback?code={code}&state={state}")) == "unknown"
    assert [status for _, status in provider.state.exchanges] == [400]
    assert nobody_came_in(attacker)


@both
def test_every_exchange_shows_the_verifier(provider, name):
    arrived(Client(), name)
    [(form, status)] = provider.state.exchanges
    assert status == 200
    assert len(form["code_verifier"]) >= 43


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of-another-sign-in"},
        {"nonce": ""},
        {"nonce": None},
        {"aud": "another-client"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"iat": 4_000_000_000},
    ],
)
def test_an_id_token_that_is_not_for_this_sign_in_is_refused(provider, claims):
    provider.state.claims = claims
    client = Client()
    assert error_of(arrived(client, "google")) == "unknown"
    assert nobody_came_in(client)


def test_an_id_token_with_another_signature_is_refused(provider):
    provider.state.signs_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    client = Client()
    assert error_of(arrived(client, "google")) == "unknown"
    assert nobody_came_in(client)


@pytest.mark.parametrize(("algorithm", "key"), [("none", None), ("HS256", "what anybody knows is no secret at all")])
def test_the_token_does_not_choose_how_it_is_checked(provider, algorithm, key):
    provider.state.algorithm, provider.state.signs_with = algorithm, key
    client = Client()
    assert error_of(arrived(client, "google")) == "unknown"
    assert nobody_came_in(client)


@both
def test_an_address_that_the_provider_has_not_verified_makes_nobody(provider, name):
    provider.state.person.is_verified = False
    client = Client()
    assert error_of(arrived(client, name)) == "unverified_email"
    assert nobody_came_in(client)


@both
@pytest.mark.parametrize("is_verified", [True, False])
def test_an_address_opens_no_account_that_exists(cast, provider, name, is_verified):
    provider.state.person.email = cast.harbour.learner.account.email.upper()
    provider.state.person.is_verified = is_verified
    client = Client()
    assert error_of(arrived(client, name)) == ("email_taken" if is_verified else "unverified_email")
    assert client.get(ME).status_code == 401
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_people_are_not_sent_on_to_another_site(back):
    answer = Client().post(REDIRECT, {"provider": "github", "process": "login", "callback_url": back})
    assert error_of(answer) == "unknown"


def test_another_site_cannot_begin_a_sign_in():
    client = Client(enforce_csrf_checks=True)
    form = {"provider": "github", "process": "connect", "callback_url": "/"}
    assert client.post(REDIRECT, form).status_code == 403


def test_signing_in_gives_the_session_another_key(provider):
    client = Client()
    back = sent_back(sent_to_provider(client, "github"))
    before = client.cookies["sessionid"].value
    client.get(back)
    assert client.get(ME).status_code == 200
    assert client.cookies["sessionid"].value != before


@both
def test_made_up_codes_are_counted_by_address(provider, settings, name):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "sign_in": Rate("2/m", when_redis_is_away="closed")}
    answers = [Client().get(f"/_allauth/{name}/callback?code=guess-{number}&state=x") for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert provider.state.exchanges == []
