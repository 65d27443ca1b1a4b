"""A browser that is new to a person is told them."""

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.mail.actions import send_due
from accounts.models import JournalEntry, KnownDevice, OutgoingMail
from accounts.sessions.devices import in_words
from tests.accounts.sessions.test_sessions import SAFARI, entered


def letters() -> list[str]:
    return list(OutgoingMail.objects.filter(kind="new_sign_in").values_list("address", flat=True))


def device_of(client: Client) -> dict[str, str]:
    """What the browser carries when it is signed out."""
    return {settings.DEVICE_COOKIE_NAME: client.cookies[settings.DEVICE_COOKIE_NAME].value}


def test_the_first_sign_in_is_no_news(cast):
    client = entered(cast.harbour.learner)
    assert letters() == []
    cookie = client.cookies[settings.DEVICE_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert KnownDevice.objects.get().digest not in cookie.value


def test_a_known_browser_is_no_news(cast):
    client = entered(cast.harbour.learner)
    client.delete("/_allauth/browser/v1/auth/session")
    again = entered(cast.harbour.learner, cookies=device_of(client))
    assert letters() == []
    assert KnownDevice.objects.count() == 1
    assert again.cookies[settings.DEVICE_COOKIE_NAME].value == client.cookies[settings.DEVICE_COOKIE_NAME].value


def test_a_new_browser_is_told_the_person_in_their_words(cast):
    user = cast.harbour.learner.account
    user.locale = "es"
    user.save()
    entered(cast.harbour.learner)
    entered(cast.harbour.learner, agent=SAFARI, address="198.51.100.23")
    assert letters() == [user.email]
    send_due(now=timezone.now())
    text = mail.outbox[0].body
    assert "Mobile Safari, iOS 17" in text
    assert "198.51.100" in text
    assert "198.51.100.23" not in text
    assert "(Europe/Prague)" in text
    assert f"{settings.SITE_URL}/settings/sessions" in text
    entry = JournalEntry.objects.get(kind="accounts.new_device_signed_in")
    assert (entry.subject_id, entry.payload["address"]) == (str(user.pk), "198.51.100.0")


@pytest.mark.parametrize("cookie", ["", "forged", "forged:signature", "\u00e9"])
def test_a_cookie_that_is_not_ours_is_a_new_browser(cast, cookie):
    entered(cast.harbour.learner)
    entered(cast.harbour.learner, cookies={settings.DEVICE_COOKIE_NAME: cookie})
    assert len(letters()) == 1


def test_a_browser_is_known_for_each_person(cast):
    shared = entered(cast.harbour.learner)
    entered(cast.harbour.other_learner)
    entered(
        cast.harbour.other_learner,
        cookies=device_of(shared),
    )
    assert letters() == [cast.harbour.other_learner.account.email]


def test_networks_in_words():
    assert in_words("203.0.113.0") == "203.0.113"
    assert in_words("2001:db8:1::") == "2001:db8:1"
    assert in_words("") == ""
