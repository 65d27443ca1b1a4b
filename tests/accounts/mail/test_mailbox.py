"""The page with the letters of a machine that sends none."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

PATHS = ("/dev/mail/", "/dev/mail/20261121-1.log/", "/dev/mail/20261121-1.log/html/")


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> str:
    settings.MAILBOX_PAGE = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    letter = EmailMultiAlternatives(
        "Código <b>", "Open https://exams.example/verify/a:b\n\n<script>", to=["a@b.example"]
    )
    letter.attach_alternative("<p style='color:red'>Olá</p><script>alert(1)</script>", "text/html")
    letter.send()
    [file] = tmp_path.glob("*.log")
    return file.name


def test_letters_are_listed_and_shown(kept: str, db: None) -> None:
    listed = Client().get("/dev/mail/").content.decode()
    assert "Código &lt;b&gt;" in listed
    assert f"/dev/mail/{kept}/" in listed
    shown = Client().get(f"/dev/mail/{kept}/").content.decode()
    assert 'href="https://exams.example/verify/a:b"' in shown
    assert "<script>" not in shown


def test_the_html_of_a_letter_can_do_nothing(kept: str, db: None) -> None:
    answer = Client().get(f"/dev/mail/{kept}/html/")
    assert "Olá" in answer.content.decode()
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize("name", ["..log", "none.log", "x", ".log"])
def test_no_other_file_is_read(kept: str, db: None, name: str) -> None:
    assert Client().get(f"/dev/mail/{name}/").status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_it_is_nowhere_else(kept: str, settings: Any, db: None, path: str) -> None:
    settings.MAILBOX_PAGE = False
    assert Client().get(path.replace("20261121-1.log", kept)).status_code == 404
