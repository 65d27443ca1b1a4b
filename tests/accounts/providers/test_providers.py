"""Signing in with an account elsewhere, and linking it."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from accounts.models import JournalEntry, User
from tests.accounts.providers.browser import BACK, LINKED, PROVIDERS, REDIRECT, arrived, error_of, sent_to_provider
from tests.accounts.providers.server import CLIENT_ID

CONFIG = "/_allauth/browser/v1/config"
ME = "/api/v1/me/"

both = pytest.mark.parametrize("name", PROVIDERS)


@pytest.fixture
def linked(cast, provider):
    """`linked(name)` is a learner who has linked their account elsewhere."""

    def link(name):
        client = browser_of(cast.harbour.learner)
        assert error_of(arrived(client, name, process="connect")) == ""
        return client

    return link


def browser_of(person) -> Client:
    """A browser that is signed in. It sends forms, as browsers do."""
    client = Client()
    client.force_login(person.account)
    return client


def unlinked(client: Client, name: str, uid: str):
    """The answer to unlinking."""
    return client.delete(LINKED, {"provider": name, "account": uid}, content_type="application/json")


def offered() -> list[str]:
    return [each["id"] for each in Client().get(CONFIG).json()["data"]["socialaccount"]["providers"]]


def test_only_providers_with_keys_are_offered(db, provider, settings):
    assert offered() == ["github", "google"]
    github = {**settings.SOCIALACCOUNT_PROVIDERS["github"], "APPS": []}
    settings.SOCIALACCOUNT_PROVIDERS = {**settings.SOCIALACCOUNT_PROVIDERS, "github": github}
    assert offered() == ["google"]
    answer = Client().post(REDIRECT, {"provider": "github", "process": "login", "callback_url": BACK})
    assert error_of(answer) == "unknown"
    assert Client().get("/_allauth/github/callback?code=x&state=y").status_code == 404


@both
def test_people_are_sent_with_pkce_and_state_and_never_back_to_a_host_of_their_choice(db, provider, settings, name):
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(HTTP_HOST="evil.example")
    url = sent_to_provider(client, name)
    assert url.startswith(f"{provider.url}/authorize?")
    assert f"client_id={CLIENT_ID}" in url
    assert "code_challenge_method=S256" in url
    assert "state=" in url
    assert "evil.example" not in url
    assert ("nonce=" in url) == (name == "google")


@both
def test_a_linked_account_opens_a_session(linked, cast, name):
    linked(name)
    visitor = Client()
    assert error_of(arrived(visitor, name)) == ""
    assert visitor.get(ME).json()["email"] == cast.harbour.learner.account.email
    assert JournalEntry.objects.filter(kind="accounts.provider_linked").get().payload["provider"] == name


@both
def test_who_is_new_becomes_a_verified_person(db, provider, open_to_all, name):
    visitor = Client()
    assert error_of(arrived(visitor, name)) == ""
    user = User.objects.get()
    assert (user.email, user.name) == ("lena@elsewhere.example", "Lena Elsewhere")
    assert not user.has_usable_password()
    assert EmailAddress.objects.get().verified
    assert visitor.get(ME).json()["email"] == user.email
    kinds = JournalEntry.objects.filter(subject_id=str(user.pk)).values_list("kind", flat=True)
    assert {"accounts.signed_up", "accounts.address_verified"} <= set(kinds)
    assert [academy["is_house"] for academy in visitor.get(ME).json()["academies"]] == [True]


@both
def test_little_is_kept_of_the_profile_and_nothing_of_the_tokens(linked, provider, name):
    linked(name)
    assert len(SocialAccount.objects.get().extra_data) == 1
    assert not SocialToken.objects.exists()


@both
def test_while_sign_up_is_closed_nobody_comes_in_that_way(db, provider, name, monkeypatch):
    monkeypatch.setattr("accounts.identity.adapters.AccountAdapter.is_open_for_signup", lambda *_: False)
    assert error_of(arrived(Client(), name)) == "signup_closed"
    assert not User.objects.exists()


@both
def test_linked_accounts_are_listed_and_unlinked(linked, name):
    client = linked(name)
    [row] = client.get(LINKED).json()["data"]
    assert row["provider"]["id"] == name
    answer = unlinked(client, name, row["uid"])
    assert (answer.status_code, answer.json()["data"]) == (200, [])
    assert JournalEntry.objects.filter(kind="accounts.provider_unlinked").exists()


@both
def test_the_last_way_in_is_not_unlinked(linked, cast, name):
    client = linked(name)
    User.objects.filter(pk=cast.harbour.learner.account.pk).update(password="!")
    client.force_login(User.objects.get(pk=cast.harbour.learner.account.pk))
    uid = SocialAccount.objects.get().uid
    answer = unlinked(client, name, uid)
    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == ["no_password"]
    assert SocialAccount.objects.exists()


def test_somebody_elses_link_is_not_there(linked, cast):
    linked("github")
    other = browser_of(cast.harbour.other_learner)
    assert other.get(LINKED).json()["data"] == []
    answer = unlinked(other, "github", SocialAccount.objects.get().uid)
    assert answer.status_code == 400
    assert SocialAccount.objects.exists()


def test_a_visitor_has_nothing_to_link(db, provider):
    assert Client().get(LINKED).status_code == 401
    assert error_of(arrived(Client(), "github", process="connect")) == "permission_denied"


def test_an_account_of_somebody_else_is_not_linked(linked, cast):
    linked("github")
    other = browser_of(cast.harbour.other_learner)
    assert error_of(arrived(other, "github", process="connect")) == "connected_other"
    assert SocialAccount.objects.get().user == cast.harbour.learner.account


@both
def test_somebody_inactive_does_not_come_in(linked, cast, name):
    linked(name)
    User.objects.filter(pk=cast.harbour.learner.account.pk).update(is_active=False)
    visitor = Client()
    assert error_of(arrived(visitor, name)) != ""
    assert visitor.get(ME).status_code == 401


def test_saying_no_at_the_provider_is_told_as_that(db, provider):
    client = Client()
    state = sent_to_provider(client, "github").partition("state=")[2].partition("&")[0]
    answer = client.get(f"/_allauth/github/callback?error=access_denied&state={state}")
    assert error_of(answer) == "cancelled"
