"""Import and export on the page of a bank: the dry run, the confirmation, and whose upload it is."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exams.bank.models import Item, ItemBank, ItemVersion
from exams.interchange import admin as pages
from exams.interchange import uploads
from tests.cast import Cast
from tests.exams.bank.test_admin import bank, own_staff, signed_in, staff, text_of
from tests.factories.exams import make_bank, make_item

__all__ = ["bank", "own_staff", "staff"]

HEADER = "code,domain,type,stem,option_a,option_b,correct\n"
GOOD = f"{HEADER}A,1,single_choice,Which?,Yes,No,a\nB,1,single_choice,What?,Yes,No,b\n"
BAD = f"{GOOD}C,9,single_choice,What?,Yes,No,b\n"


def page(bank: ItemBank, action: str = "import_items") -> str:
    return reverse(f"admin:exams_itembank_{action}", args=[bank.pk])


def upload(client: Client, bank: ItemBank, text: str | bytes = GOOD, name: str = "items.csv", **fields: Any) -> Any:
    data = text.encode() if isinstance(text, str) else text
    return client.post(page(bank), {"file": SimpleUploadedFile(name, data), "state": "draft", **fields})


def tokens(client: Client) -> list[str]:
    return list(client.session.get("item_imports", {}))


def confirm(client: Client, bank: ItemBank, token: str, **fields: str) -> Any:
    return client.post(reverse("admin:exams_itembank_confirm_import", args=[bank.pk, token]), fields, follow=True)


def waiting() -> list[str]:
    return default_storage.listdir("imports")[1] if default_storage.exists("imports") else []


@pytest.fixture(autouse=True)
def no_uploads() -> None:
    for name in waiting():
        default_storage.delete(f"imports/{name}")


def test_the_dry_run_is_shown_and_the_confirmation_applies_it(staff: Client, bank: ItemBank) -> None:
    assert "Check the file" in text_of(staff.get(page(bank)))
    assert "2 new, 0 changed, 0 the same" in text_of(upload(staff, bank))
    assert not Item.objects.exists()
    (token,) = tokens(staff)
    assert "Imported: 2 new, 0 changed, 0 the same." in text_of(confirm(staff, bank, token))
    assert (Item.objects.count(), waiting(), tokens(staff)) == (2, [], [])


def test_items_can_be_live_at_once(staff: Client, bank: ItemBank) -> None:
    assert "live at once" in text_of(upload(staff, bank, state="live"))
    confirm(staff, bank, tokens(staff)[0])
    assert set(ItemVersion.objects.values_list("state", flat=True)) == {"live"}


def test_faults_are_listed_by_line_and_the_file_is_forgotten(staff: Client, bank: ItemBank) -> None:
    shown = text_of(upload(staff, bank, BAD))
    assert "1 fault" in shown
    assert "The bank has no domain &#x27;9&#x27;" in shown
    assert "confirm" not in shown
    assert (tokens(staff), waiting()) == ([], [])


def test_an_upload_can_be_given_up(staff: Client, bank: ItemBank) -> None:
    upload(staff, bank)
    assert "Nothing was imported." in text_of(confirm(staff, bank, tokens(staff)[0], cancel=""))
    assert (Item.objects.count(), waiting()) == (0, [])


def test_an_upload_is_applied_once(staff: Client, bank: ItemBank) -> None:
    upload(staff, bank)
    (token,) = tokens(staff)
    confirm(staff, bank, token)
    assert "no longer here" in text_of(confirm(staff, bank, token))


def test_a_token_means_nothing_elsewhere(staff: Client, own_staff: Client, bank: ItemBank, cast: Cast) -> None:
    other = make_bank(cast.harbour.academy, slug="other")
    upload(staff, bank)
    (token,) = tokens(staff)
    assert "no longer here" in text_of(confirm(own_staff, bank, token))
    assert "no longer here" in text_of(confirm(staff, other, token))
    assert "no longer here" in text_of(confirm(staff, bank, "x" * 32))
    assert not Item.objects.exists()


def test_what_became_wrong_since_the_dry_run_is_not_applied(staff: Client, bank: ItemBank) -> None:
    upload(staff, bank)
    bank.domains.all().delete()
    shown = text_of(confirm(staff, bank, tokens(staff)[0]))
    assert "Nothing was imported" in shown
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (b"x" * (2 * 1024 * 1024 + 1), "items.csv", "too large"),
        (GOOD, "items.xlsx", "CSV or GIFT"),
        (b"", "items.csv", "empty"),
        (b"\x00\x01\x02", "items.csv", "NUL"),
        (b"PK\x03\x04", "items.gift", "no answer"),
    ],
)
def test_a_file_that_cannot_be_taken_is_explained(
    staff: Client, bank: ItemBank, monkeypatch: pytest.MonkeyPatch, text: bytes, name: str, words: str
) -> None:
    monkeypatch.setattr(pages, "MAX_UPLOAD_MB", 2)
    assert words in text_of(upload(staff, bank, text, name))


def test_markup_in_a_file_is_shown_as_text(staff: Client, bank: ItemBank) -> None:
    shown = text_of(upload(staff, bank, GOOD.replace("single_choice", "<script>alert(1)</script>"), name="<b>.csv"))
    assert "<script>alert(1)" not in shown


def test_stale_uploads_are_deleted(staff: Client, bank: ItemBank) -> None:
    default_storage.save("imports/old", ContentFile(b"x"))
    uploads.forget_stale(now=timezone.now())
    assert waiting() == ["old"]
    uploads.forget_stale(now=timezone.now() + timedelta(hours=25))
    assert waiting() == []


@pytest.mark.parametrize(("action", "start"), [("export_csv", "\ufeffcode,domain"), ("export_gift", "$CATEGORY: ")])
def test_a_bank_is_exported(staff: Client, bank: ItemBank, action: str, start: str) -> None:
    make_item(bank, "A-1")
    answer = staff.get(page(bank, action))
    assert b"".join(answer.streaming_content).decode().startswith(start)  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith('attachment; filename="bank.')


@pytest.mark.parametrize("action", ["import_items", "export_csv", "export_gift"])
def test_outsiders_do_not_learn_that_the_bank_exists(own_staff: Client, cast: Cast, action: str) -> None:
    foreign = make_bank(cast.meridian.academy, slug="foreign")
    assert own_staff.get(page(foreign, action)).status_code == 404
    assert signed_in(cast.harbour.manager.account).get(page(foreign, action)).status_code == 302


def test_seeing_a_bank_is_not_enough_to_import(cast: Cast, own_staff: Client, bank: ItemBank) -> None:
    owner = cast.harbour.owner.account
    owner.user_permissions.remove(*owner.user_permissions.filter(codename="change_itembank"))
    assert own_staff.get(page(bank)).status_code == 404
    assert own_staff.get(page(bank, "export_csv")).status_code == 200


@pytest.mark.parametrize("bank_id", ["x", "00000000-0000-0000-0000-000000000000"])
def test_a_bank_that_is_none(staff: Client, bank_id: str) -> None:
    assert staff.get(f"/admin/exams/itembank/{bank_id}/import/").status_code == 404
    assert staff.get(f"/admin/exams/itembank/{bank_id}/export-csv/").status_code == 404
