"""Letters survive whatever dies while they are sent."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from accounts.mail.actions import MAX_TRIES, forget_old_letters, post_letter, send_due, send_letter
from accounts.mail.letters import write_letter
from accounts.mail.models import OutgoingMail

NOW = timezone.now()
CONTEXT = {"name": "Lena", "url": "https://exams.example/verify?key=abc", "code": "K7Q-2M9"}


@pytest.fixture
def templates(settings, tmp_path):
    folder = tmp_path / "mail" / "en"
    folder.mkdir(parents=True)
    (folder / "hello.txt").write_text("Hello {{ name }}\n\nYour code:\n\n# {{ code }}\n\n{{ url }}\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]


def posted(**changes):
    with transaction.atomic():
        return post_letter(**{"kind": "hello", "to": "lena@harbour.example", "context": CONTEXT, "now": NOW} | changes)


def test_a_letter_has_a_subject_a_text_and_html(templates):
    letter = write_letter(kind="hello", locale="en", context=CONTEXT)
    assert letter.subject == "Hello Lena"
    assert "\nK7Q-2M9\n" in letter.text
    assert "#" not in letter.text
    assert f'href="{CONTEXT["url"]}"' in letter.html


def test_a_name_cannot_add_a_header(templates):
    letter = write_letter(kind="hello", locale="en", context=CONTEXT | {"name": "Lena\r\nBcc: all@example.org"})
    assert "\n" not in letter.subject
    assert "\r" not in letter.subject


@pytest.mark.django_db
def test_what_is_sent_is_forgotten(templates):
    letter = posted()
    assert send_due(now=NOW) == 1
    (message,) = mail.outbox
    assert message.to == ["lena@harbour.example"]
    letter.refresh_from_db()
    assert letter.state == OutgoingMail.State.SENT
    assert letter.context == {}
    assert send_due(now=NOW + timedelta(days=1)) == 0
    assert not send_letter(letter=letter.pk, now=NOW + timedelta(days=1))


@pytest.mark.django_db
def test_a_mail_server_that_is_away_is_asked_again_and_given_up_in_the_end(templates, settings):
    settings.EMAIL_BACKEND = "tests.accounts.mail.test_letters.Away"
    letter, now = posted(), NOW
    for _ in range(MAX_TRIES):
        assert send_due(now=now) == 0
        now += timedelta(hours=3)
    letter.refresh_from_db()
    assert letter.state == OutgoingMail.State.GIVEN_UP
    assert "lena@" not in letter.last_error
    assert letter.tries == MAX_TRIES
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert OutgoingMail.objects.requeue(now=now) == 1
    assert send_due(now=now) == 1
    assert "K7Q-2M9" in mail.outbox[0].body


@pytest.mark.django_db
def test_one_letter_that_cannot_be_written_does_not_hold_up_the_others(templates):
    posted(kind="there_is_no_such_letter")
    posted()
    assert send_due(now=NOW) == 1


@pytest.mark.django_db
def test_old_letters_are_forgotten_but_none_that_still_waits(templates):
    posted()
    send_due(now=NOW)
    posted()
    assert forget_old_letters(now=NOW + timedelta(days=31)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_letter_needs_the_transaction_of_what_it_speaks_of():
    with pytest.raises(transaction.TransactionManagementError):
        post_letter(kind="hello", to="a@b.example", context={}, now=NOW)


class Away:
    """A mail server that refuses, repeating the address as they do."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def send_messages(self, messages):
        raise OSError(f"550 no such user: {messages[0].to[0]}")
