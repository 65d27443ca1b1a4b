"""Poisoned hosts: who asks may say any host; no answer and no letter repeats it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from accounts.mail.models import OutgoingMail
from config.demo import DEMO_PASSWORD
from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[2]
EVIL = "evil.example"
# The next page of a list, for the eyes of who asked, on a host that was checked.
MAY_ASK = {"config/http/pagination.py"}
LOGIN = "/_allauth/browser/v1/auth/login"
POISONED = (
    {"HTTP_X_FORWARDED_HOST": EVIL},
    {"HTTP_FORWARDED": f"host={EVIL};proto=https"},
    {"HTTP_X_ORIGINAL_URL": f"https://{EVIL}/"},
    {"HTTP_X_FORWARDED_SERVER": EVIL},
)


@pytest.mark.parametrize("host", [EVIL, f"testserver.{EVIL}", f"testserver:80@{EVIL}", "", "testserver\r\nX: y"])
@pytest.mark.parametrize("path", ["/api/v1/session/", LOGIN, "/admin/login/"])
def test_a_host_that_is_not_ours_is_refused(db: None, host: str, path: str) -> None:
    answer = Client().post(path, {}, HTTP_HOST=host)
    assert answer.status_code == 400
    assert EVIL not in answer.content.decode() + str(answer.headers)


@pytest.mark.parametrize("headers", POISONED)
def test_no_header_stands_in_for_the_host(cast: Cast, headers: dict[str, str]) -> None:
    client = Client()
    client.force_login(cast.staff.account)
    for path in ("/", "/api/v1/me/", "/admin/", "/admin", "/api/v1/docs/", "/problems/"):
        answer = client.get(path, **headers)
        assert EVIL not in answer.content.decode() + str(answer.headers), path


@pytest.mark.parametrize("headers", POISONED)
def test_no_letter_repeats_the_host_of_a_request(cast: Cast, headers: dict[str, str]) -> None:
    """Whatever of the account pages is open is asked for a letter about an address that is somebody's."""
    body = {"email": "learner@harbour.example", "password": DEMO_PASSWORD}
    for page in ("auth/password/request", "auth/signup", "auth/email/verify/resend", "auth/login"):
        Client().post(f"/_allauth/browser/v1/{page}", body, content_type="application/json", **headers)
    call_command("create_staff", "new@harbour.example", "--name", "N", "--group", Group.objects.create(name="G").name)
    letters = OutgoingMail.objects.all()
    assert letters
    for letter in letters:
        assert EVIL not in str(letter.context)
        for link in re.findall(r"https?://[^'\"\s]+", str(letter.context)):
            assert link.startswith(f"{settings.SITE_URL}/")


def test_no_other_code_of_ours_builds_an_address_from_a_request() -> None:
    found = set()
    for app in ("accounts", "academies", "exams", "tutoring", "gamification", "analytics", "config"):
        for source in (ROOT / app).rglob("*.py"):
            if re.search(r"build_absolute_uri|\.get_host\(", source.read_text()):
                found.add(str(source.relative_to(ROOT)))
    assert found == MAY_ASK
