"""Sessions that somebody else has fixed or stolen."""

from django.test import Client

from accounts.models import UserSession
from config.demo import DEMO_PASSWORD
from tests.accounts.sessions.test_sessions import LOGIN, entered, is_in

COOKIE = "sessionid"


def thief_of(client: Client) -> Client:
    """Another browser with the same session cookie."""
    thief = Client()
    thief.cookies[COOKIE] = client.cookies[COOKIE].value
    assert is_in(thief)
    return thief


def test_signing_in_changes_the_key_that_was_there_before(cast):
    client = entered(cast.harbour.learner)
    fixed = client.cookies[COOKIE].value
    body = {"email": cast.harbour.other_learner.account.email, "password": DEMO_PASSWORD}
    victim = Client()
    victim.cookies[COOKIE] = fixed
    victim.delete("/_allauth/browser/v1/auth/session")
    victim.cookies[COOKIE] = fixed
    assert victim.post(LOGIN, body, content_type="application/json").status_code == 200
    assert victim.cookies[COOKIE].value != fixed
    assert not is_in(client)


def test_a_key_that_the_platform_did_not_give_is_not_taken(cast):
    victim = Client()
    victim.cookies[COOKIE] = "chosenbytheattacker0123456789abc"
    body = {"email": cast.harbour.learner.account.email, "password": DEMO_PASSWORD}
    assert victim.post(LOGIN, body, content_type="application/json").status_code == 200
    assert victim.cookies[COOKIE].value != "chosenbytheattacker0123456789abc"
    assert UserSession.objects.get().session_key == victim.cookies[COOKIE].value


def test_a_stolen_cookie_is_worth_nothing_after_a_new_password(cast):
    thief = thief_of(entered(cast.harbour.learner))
    user = cast.harbour.learner.account
    user.set_password("another-quite-long-one")
    user.save()
    assert not is_in(thief)


def test_a_stolen_cookie_is_worth_nothing_after_signing_out_everywhere(cast):
    thief = thief_of(entered(cast.harbour.learner))
    assert entered(cast.harbour.learner).delete("/api/v1/me/sessions/").status_code == 204
    assert not is_in(thief)


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(cast):
    client = entered(cast.harbour.learner)
    thief = thief_of(client)
    client.delete("/_allauth/browser/v1/auth/session")
    assert not is_in(thief)
