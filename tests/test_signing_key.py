"""A rotated signing key: what goes on, and when it ends."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.tokens import default_token_generator
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.management.commands import rotate_signing_key
from exams.delivery.models import Attempt
from tests.cast import Cast, sign_in
from tests.factories.exams import make_delivery, make_plain_form, start, token_of

SAVE = {"sequence": 1, "answer": {"choice": "a"}}


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment file with a line of its own."""
    path = tmp_path / ".env"
    path.write_text("DEBUG=true\nSECRET_KEY=former\n")
    monkeypatch.setattr(rotate_signing_key, "ENV_FILE", path)
    return path


def values(text: str) -> dict[str, str]:
    return {name: value for name, mark, value in (line.partition("=") for line in text.splitlines()) if mark}


def use(settings: LazySettings, text: str) -> None:
    found = values(text)
    settings.SECRET_KEY = found["SECRET_KEY"]
    settings.SECRET_KEY_FALLBACKS = [key for key in found["SECRET_KEY_FALLBACKS"].split(",") if key]


def test_what_the_old_key_signed_stays_valid_until_it_is_dropped(
    cast: Cast, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    learner = cast.harbour.learner
    client = sign_in(learner)
    # As it is after the sign-in, which such a link rests on, too.
    learner.account.refresh_from_db()
    attempt: Attempt = start(
        make_delivery(make_plain_form(cast.harbour.academy, 2)), learner.membership, now=timezone.now()
    )
    token, link = token_of(attempt), default_token_generator.make_token(learner.account)

    def still_valid() -> tuple[int, int, bool]:
        learner.account.refresh_from_db()
        return (
            sign_in(cast.anonymous).put(f"/api/v1/sittings/{attempt.pk}/responses/1/", SAVE, **token).status_code,
            client.get("/api/v1/me/").status_code,
            default_token_generator.check_token(learner.account, link),
        )

    old = settings.SECRET_KEY
    call_command("rotate_signing_key")
    use(settings, capsys.readouterr().out)
    assert old != settings.SECRET_KEY
    assert [old] == settings.SECRET_KEY_FALLBACKS
    assert still_valid() == (200, 200, True)
    call_command("rotate_signing_key", "--finish")
    use(settings, capsys.readouterr().out)
    assert settings.SECRET_KEY_FALLBACKS == []
    # The session was signed anew when it was used.
    assert still_valid()[::2] == (401, False)


def test_the_file_keeps_its_other_lines_and_is_for_its_owner_alone(env: Path, settings: LazySettings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "former", ["older"]
    call_command("rotate_signing_key", "--write")
    found = values(env.read_text())
    assert found["DEBUG"] == "true"
    assert found["SECRET_KEY_FALLBACKS"] == "former,older"
    assert len(found["SECRET_KEY"]) >= 50
    assert env.read_text().count("SECRET_KEY=") == 1
    assert env.stat().st_mode & 0o777 == 0o600
    assert not env.with_name(".env.new").exists()


def test_a_key_that_cannot_be_written_down_is_refused(env: Path, settings: LazySettings) -> None:
    settings.SECRET_KEY = "with,comma"
    with pytest.raises(CommandError, match="comma"):
        call_command("rotate_signing_key", "--write")
    assert values(env.read_text())["SECRET_KEY"] == "former"
