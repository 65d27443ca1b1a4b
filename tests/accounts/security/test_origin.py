"""Where security events come from, as the journal keeps it."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.events import SignedIn
from accounts.journal.events import Severity, event_kinds, security_kinds
from accounts.journal.models import JournalEntry
from accounts.journal.record import record
from config.demo import DEMO_PASSWORD
from config.http.origins import device_of
from config.kernel import origin
from config.kernel.ids import new_id
from tests.accounts.journal.events import LampLit
from tests.cast import Cast

LOGIN = "/_allauth/browser/v1/auth/login"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"

WEBKIT = "AppleWebKit/605.1.15 Version/17.4 Mobile Safari/604.1"


def sign_in(password: str, **extra: str) -> JournalEntry:
    body = {"email": "learner@harbour.example", "password": password}
    Client().post(LOGIN, body, content_type="application/json", HTTP_USER_AGENT=FIREFOX, **extra)
    return JournalEntry.objects.latest("id")


@pytest.mark.parametrize(
    ("address", "place"), [("203.0.113.77", "203.0.113.0"), ("2001:db8:1:2::9", "2001:db8:1::"), ("nonsense", "")]
)
def test_a_sign_in_keeps_the_network_and_the_browser(cast: Cast, address: str, place: str) -> None:
    for password, kind in ((DEMO_PASSWORD, "accounts.signed_in"), ("wrong", "accounts.sign_in_failed")):
        entry = sign_in(password, REMOTE_ADDR=address)
        assert (entry.kind, entry.place, entry.device) == (kind, place, "Firefox, Windows")


@pytest.mark.django_db
def test_what_is_no_security_event_keeps_neither() -> None:
    token = origin.bind(lambda: origin.Origin(place="203.0.113.0", device="Firefox, Windows"))
    with transaction.atomic():
        entry = record(LampLit(academy_id=None, lamp_id=new_id(), watts=1), actor=None, now=timezone.now())
    origin.release(token)
    assert (entry.severity, entry.place, entry.device) == (Severity.NONE, "", "")


def test_outside_of_a_request_there_is_no_origin(cast: Cast) -> None:
    sign_in(DEMO_PASSWORD)
    with transaction.atomic():
        entry = record(SignedIn(user_id=cast.staff.account.pk), actor=None, now=timezone.now())
    assert (entry.severity, entry.place, entry.device) == (Severity.NOTICE, "", "")


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("curl/8.0", "curl"),
        ("", ""),
        ("\x00<script>\r\nX: y", ""),
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) {WEBKIT}", "Mobile Safari, iOS"),
    ],
)
def test_a_device_is_a_browser_and_a_system(agent: str, device: str) -> None:
    assert device_of(agent) == device


def test_every_mark_is_a_severity() -> None:
    assert set(security_kinds()) >= {"accounts.signed_in", "academies.membership_changed"}
    assert all(isinstance(event.severity, Severity) for event in event_kinds().values())
