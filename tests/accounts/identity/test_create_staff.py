"""How a member of staff comes to be."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.journal.models import JournalEntry
from accounts.mail.actions import send_due
from accounts.mail.models import OutgoingMail
from accounts.models import User
from tests.cast import Cast

NEW = "nadia@proficienthub.example"
PASSWORD = "lantern-over-the-quay"


@pytest.fixture
def group(db: None) -> Group:
    """A group of staff."""
    return Group.objects.get(name="Support")


def create(*more: str, email: str = NEW, group: str = "Support") -> None:
    call_command("create_staff", email, "--name", "Nadia", "--group", group, *more)


def test_a_letter_brings_a_link_to_choose_a_password(group: Group) -> None:
    create(email="Nadia@ProficientHub.example")
    user = User.objects.get(email=NEW)
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (True, False, False)
    assert list(user.groups.all()) == [group]
    letter = OutgoingMail.objects.get()
    assert (letter.kind, letter.user) == ("staff_invitation", user)
    kinds = JournalEntry.objects.order_by("id").values_list("kind", "payload__fields")
    assert list(kinds) == [("accounts.user_changed", []), ("accounts.user_changed", ["is_staff", "groups"])]


@pytest.mark.parametrize("locale", ["en", "es"])
def test_the_link_works_once(group: Group, capsys: pytest.CaptureFixture[str], mailoutbox: list, locale: str) -> None:
    create()
    User.objects.update(locale=locale)
    OutgoingMail.objects.update(locale=locale)
    assert send_due(now=OutgoingMail.objects.get().due_at) == 1
    [link] = re.findall(r"http://testserver(/admin/choose-password/\S+)", mailoutbox[0].body)
    client = Client()
    page = client.get(link, follow=True)
    address = page.request["PATH_INFO"]
    assert "Choose a password" in page.content.decode()
    assert address != link  # the token has left the address
    refused = client.post(address, {"new_password1": "password123456", "new_password2": "password123456"})
    assert refused.context["form"].errors
    chosen = client.post(address, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert chosen.headers["Location"] == "/admin/login/"
    assert User.objects.get(email=NEW).check_password(PASSWORD)
    assert JournalEntry.objects.latest("id").payload["fields"] == ["password"]
    again = Client().get(link)
    assert again.status_code == 200
    assert "has been used" in again.content.decode()


def test_a_printed_link_is_not_sent(group: Group, capsys: pytest.CaptureFixture[str]) -> None:
    create("--print")
    assert capsys.readouterr().out.startswith("http://testserver/admin/choose-password/")
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("email", "name", "says"),
    [
        ("owner@harbour.example", "Support", "has this address"),
        ("nonsense", "Support", "no e-mail address"),
        (NEW, "Pirates", "There is no group Pirates"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, group: Group, email: str, name: str, says: str) -> None:
    before = User.objects.count()
    with pytest.raises(CommandError, match=says):
        create(email=email, group=name)
    assert User.objects.count() == before


@pytest.mark.parametrize("path", ["x/y", "MDE/set-password", "%00/a-b", "YWJj/c-d"])
def test_a_link_that_is_none_is_refused(db: None, path: str) -> None:
    assert Client().get(f"/admin/choose-password/{path}/").status_code in (200, 404)
