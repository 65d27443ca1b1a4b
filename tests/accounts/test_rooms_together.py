"""What one room does to another."""

from datetime import timedelta

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.factors.actions import confirm_authenticator, start_authenticator
from accounts.journal.relay import deliver_due
from accounts.models import Consent, Erasure, JournalEntry, LegalDocument, User, UserSession
from accounts.privacy.erasure import ask_for_erasure
from tests.accounts.factors.devices import code_of
from tests.accounts.identity.test_sign_up import NEW, sign_up
from tests.accounts.sessions.test_sessions import ended, entered, is_in

PROVIDERS = "/_allauth/browser/v1/account/providers"


def test_a_factor_ends_the_sessions_of_before(cast):
    person = cast.harbour.learner
    laptop = entered(person)
    device = start_authenticator(user=person.account, name="Phone")
    confirm_authenticator(user=person.account, authenticator=device.pk, code=code_of(device), now=timezone.now())
    assert not is_in(laptop)
    assert ended() == [("factors", 1)]
    assert not UserSession.objects.exists()


def test_who_is_to_be_erased_is_signed_out_everywhere(cast):
    person = cast.harbour.learner
    laptop = entered(person)
    ask_for_erasure(user=person.account, reason="asked by telephone", actor=cast.staff.account, now=timezone.now())
    assert not is_in(laptop)
    assert ended() == [("erasure", 1)]


@pytest.mark.parametrize(("version", "kept"), [("1", 1), ("7", 0)])
def test_terms_that_are_accepted_at_sign_up_are_kept(cast, version, kept):
    call_command("load_legal_texts")
    sign_up(Client(), consents=[f"terms@{version}"])
    deliver_due(now=timezone.now())
    consents = Consent.objects.filter(user=User.objects.get(email=NEW))
    assert consents.filter(topic="terms", document__kind=LegalDocument.Kind.TERMS, source="sign_up").count() == kept


def test_unlinking_an_account_asks_for_a_fresh_proof(cast):
    person = cast.harbour.learner
    SocialAccount.objects.create(user=person.account, provider="github", uid="7")
    laptop = entered(person)
    body = {"provider": "github", "account": "7"}
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        refused = laptop.delete(PROVIDERS, body, content_type="application/json")
        assert (refused.status_code, refused.json()["code"]) == (403, "step_up_required")
    assert SocialAccount.objects.exists()


def test_security_events_say_where_they_came_from(cast):
    entered(cast.harbour.learner)
    entry = JournalEntry.objects.get(kind="accounts.signed_in")
    assert (entry.severity, entry.place, entry.device) == (1, "203.0.113.0", "Firefox, Windows")


def test_linking_an_account_asks_for_a_fresh_proof(cast):
    laptop = entered(cast.harbour.learner)
    form = {"provider": "github", "process": "connect", "callback_url": "/settings/sessions"}
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert laptop.post("/api/v1/me/linking/").json()["code"] == "step_up_required"
        answer = laptop.post("/_allauth/browser/v1/auth/provider/redirect", form)
        assert answer.headers["Location"] == "/sign-in/provider?error=step_up_required"


def test_staff_erase_somebody_with_a_fresh_proof_alone(cast):
    staff = Client()
    staff.force_login(cast.staff.account)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        answer = staff.post(
            "/admin/accounts/erasure/add/", {"user": cast.harbour.learner.account.pk, "reason": "asked"}
        )
        assert answer.headers["Location"].startswith("/admin/step-up/")
    assert not Erasure.objects.exists()
