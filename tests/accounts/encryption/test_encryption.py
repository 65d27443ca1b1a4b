"""What is encrypted is unreadable without its key, and its keys can be changed while people write."""

from datetime import date

import pytest
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.encryption import rotation
from accounts.encryption.proof import WRONG_INDEX_KEY, WRONG_KEYS, check_lengths, key_problem, require_fitting_keys
from accounts.encryption.rotation import Column, count_left, encrypted_columns, rotate
from accounts.models import KeyProof, Profile
from config.kernel.encryption import UnreadableValue, decrypt, encrypt
from tests.factories.accounts import UserFactory

OLD = "the-former-key-0123456789-abcdefghijklmnopqrst"
NEW = "the-newest-key-0123456789-abcdefghijklmnopqrst"
PHONES = Column("accounts_profile", "user_id", "phone")


def stored(column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM accounts_profile ORDER BY user_id")
        return [value for (value,) in cursor.fetchall()]


def people(count: int) -> list[Profile]:
    return [Profile.objects.create(user=UserFactory(), phone=f"+34 600 00{number:04}") for number in range(count)]


@pytest.mark.django_db
def test_the_database_sees_tokens_and_people_see_values():
    profile = Profile.objects.create(
        user=UserFactory(), phone="+34 600 123 456", birth_date=date(1990, 5, 4), staff_notes="Called twice."
    )
    for column, value in (("phone", "600"), ("birth_date", "1990"), ("staff_notes", "Called")):
        assert value not in stored(column)[0]
    profile.refresh_from_db()
    assert (profile.phone, profile.birth_date) == ("+34 600 123 456", date(1990, 5, 4))
    assert profile.staff_notes == "Called twice."


@pytest.mark.django_db
def test_equal_values_do_not_look_equal():
    for _ in range(2):
        Profile.objects.create(user=UserFactory(), phone="1")
    assert len(set(stored("phone"))) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("lookup", ["phone", "phone__contains", "phone__in", "birth_date__year", "birth_date__gte"])
def test_looking_up_what_is_encrypted_is_refused(lookup):
    with pytest.raises(FieldError):
        Profile.objects.filter(**{lookup: ["1"] if lookup.endswith("in") else "1"}).exists()
    assert not Profile.objects.filter(birth_date__isnull=False).exists()


@pytest.mark.django_db
def test_a_phone_is_found_however_it_is_written(settings):
    profile = Profile.objects.create(user=UserFactory(), phone="+34 600-123-456")
    assert Profile.objects.get(phone_index="0034 600 123456") == profile
    assert not Profile.objects.filter(phone_index="").exists()
    settings.BLIND_INDEX_KEY = NEW
    assert not Profile.objects.filter(phone_index="+34600123456").exists()


def test_a_wrong_key_opens_nothing(settings):
    token = encrypt("secret")
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(UnreadableValue):
        decrypt(token)


@pytest.mark.django_db
def test_rotation_covers_every_encrypted_field_and_can_be_repeated(settings, capsys):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    people(3)
    KeyProof.objects.create()
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    with pytest.raises(CommandError, match="4 values"):
        call_command("rotate_encryption_key", "--check")
    call_command("rotate_encryption_key")
    call_command("rotate_encryption_key", "--check")
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert Profile.objects.earliest("user_id").phone == "+34 600 000000"
    assert key_problem() == ""


@pytest.mark.django_db
def test_a_run_that_dies_is_started_again(settings, monkeypatch):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    people(7)
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    monkeypatch.setattr(rotation, "BATCH", 2)

    def die_after_four(changed: int) -> None:
        if changed >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(PHONES, progress=die_after_four)
    assert count_left(PHONES) == 3
    assert rotate(PHONES, progress=lambda _: None) == 3
    assert count_left(PHONES) == 0


@pytest.mark.django_db
def test_who_writes_meanwhile_wins(settings, monkeypatch):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    (profile,) = people(1)
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    read = rotation.decrypt

    def write_between(token: str) -> str:
        Profile.objects.filter(pk=profile.pk).update(phone="+1 555 0100")
        return read(token)

    monkeypatch.setattr(rotation, "decrypt", write_between)
    assert rotate(PHONES, progress=lambda _: None) == 0
    profile.refresh_from_db()
    assert profile.phone == "+1 555 0100"


@pytest.mark.django_db
def test_rotation_without_the_old_key_stops_with_one_line(settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    people(1)
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(CommandError, match="No key of FIELD_ENCRYPTION_KEYS"):
        call_command("rotate_encryption_key")


def test_the_proof_of_the_keys_is_rotated_last():
    columns = [str(column) for column in encrypted_columns()]
    assert columns[-1] == "accounts_keyproof.word"
    assert "accounts_profile.birth_date" in columns


@pytest.mark.django_db
def test_wrong_keys_stop_the_start(settings):
    require_fitting_keys()
    assert KeyProof.objects.count() == 1
    settings.BLIND_INDEX_KEY = NEW
    assert key_problem() == WRONG_INDEX_KEY
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(SystemExit, match=WRONG_KEYS):
        require_fitting_keys()


@pytest.mark.parametrize("keys", [[], ["short"], [NEW, ""]])
def test_missing_and_short_keys_are_named(settings, keys):
    settings.FIELD_ENCRYPTION_KEYS = keys
    assert [error.id for error in check_lengths()] == ["accounts.E001"]
