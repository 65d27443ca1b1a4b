"""The bank in the admin: what staff see, what they may move, and what an academy's own staff cannot reach."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from exams.bank.actions import save_stimulus
from exams.bank.models import Domain, Item, ItemBank, ItemVersion, Stimulus
from tests.cast import Cast
from tests.factories.exams import NOW, ONE_OF_EACH, make_bank, make_item, make_plain_items

MODELS = (ItemBank, Domain, Item, ItemVersion, Stimulus)


def url(model: type[Any], page: str, *args: object) -> str:
    return reverse(f"admin:exams_{model._meta.model_name}_{page}", args=args)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.fixture
def staff(cast: Cast) -> Client:
    """The platform's superuser."""
    return signed_in(cast.staff.account)


@pytest.fixture
def own_staff(cast: Cast) -> Client:
    """Harbour's owner, let into the admin with every permission on exams."""
    owner = cast.harbour.owner.account
    owner.is_staff = True
    owner.save()
    owner.user_permissions.set(Permission.objects.filter(content_type__app_label="exams"))
    return signed_in(owner)


@pytest.fixture
def bank(cast: Cast) -> ItemBank:
    return make_bank(cast.harbour.academy)


def row_of(bank: ItemBank, model: type[Any]) -> Any:
    make_item(bank, f"{bank.slug}-1")
    save_stimulus(bank=bank, source={"code": "S-1", "kind": "passage", "body": "A *text*."}, now=NOW)
    if model is ItemBank:
        return bank
    return model.objects.filter(academy=bank.academy).first()


@pytest.mark.parametrize("model", MODELS)
def test_staff_see_lists_and_rows(staff: Client, bank: ItemBank, model: type[Any]) -> None:
    row = row_of(bank, model)
    assert str(row.pk) in text_of(staff.get(url(model, "changelist")))
    text_of(staff.get(url(model, "change", row.pk)))
    assert staff.get(url(model, "history", row.pk), follow=True).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_an_academys_staff_see_their_own_alone(own_staff: Client, bank: ItemBank, cast: Cast, model: type[Any]) -> None:
    own, foreign = row_of(bank, model), row_of(make_bank(cast.meridian.academy, slug="foreign"), model)
    page = text_of(own_staff.get(url(model, "changelist")))
    assert str(own.pk) in page
    assert str(foreign.pk) not in page
    assert own_staff.get(url(model, "change", foreign.pk)).status_code == 302


@pytest.mark.parametrize("model", [Item, ItemVersion, ItemBank, Stimulus])
def test_lists_take_a_constant_number_of_statements(
    staff: Client, bank: ItemBank, cast: Cast, model: type[Any]
) -> None:
    def statements() -> int:
        staff.get(url(model, "changelist"))
        with CaptureQueriesContext(connection) as captured:
            text_of(staff.get(url(model, "changelist")))
        return len(captured)

    row_of(bank, model)
    few = statements()
    make_plain_items(bank, 30)
    for number in range(10):
        save_stimulus(bank=bank, source={"code": f"T-{number}", "kind": "passage", "body": "A text."}, now=NOW)
        make_bank(cast.meridian.academy, slug=f"more-{number}")
    assert statements() == few


@pytest.mark.parametrize(("fields", "answer"), ONE_OF_EACH, ids=[fields["type"] for fields, _ in ONE_OF_EACH])
def test_the_preview_shows_question_key_and_reasons(
    staff: Client, bank: ItemBank, fields: dict[str, Any], answer: dict[str, Any]
) -> None:
    version = make_item(bank, "A-1", stem="What **is** it?", **fields)
    for page in (url(ItemVersion, "change", version.pk), url(Item, "change", version.item_id)):
        shown = text_of(staff.get(page))
        assert "What <strong>is</strong> it?" in shown
        assert "Because it is so." in shown
        for why in version.rationale["why"].values():
            assert why in shown


def test_markup_in_codes_and_answers_is_shown_as_text(staff: Client, bank: ItemBank) -> None:
    version = make_item(
        bank, "A-1", type="short_text", accepted=["<script>alert(1)</script>"], stem="<script>x</script>"
    )
    shown = text_of(staff.get(url(ItemVersion, "change", version.pk)))
    assert "<script>alert(1)" not in shown
    assert "<script>x" not in shown
    assert "&lt;script&gt;alert(1)" in shown


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=A-1", {"A-1"}),
        ("q=harbours", {"B-1"}),
        ("live_version__difficulty__exact=hard", {"B-1"}),
        ("live_version__type__exact=numeric", {"A-1"}),
        ("state=quarantined", {"C-1"}),
        ("state=live", {"A-1", "B-1"}),
        ("state=nonsense", {"A-1", "B-1", "C-1"}),
    ],
)
def test_items_are_found(staff: Client, bank: ItemBank, query: str, codes: set[str]) -> None:
    make_item(bank, "A-1", type="numeric", answer=1)
    make_item(bank, "B-1", stem="About harbours?", difficulty="hard", domain="2")
    moved = make_item(bank, "C-1")
    act(staff, "quarantine", moved)
    shown = text_of(staff.get(f"{url(Item, 'changelist')}?{query}"))
    assert {code for code in ("A-1", "B-1", "C-1") if f">{code}<" in shown.replace("\n", "").replace(" ", "")} == codes


def act(client: Client, action: str, *versions: ItemVersion) -> str:
    answer = client.post(
        url(ItemVersion, "changelist"),
        {"action": action, "_selected_action": [str(version.pk) for version in versions]},
        follow=True,
    )
    return text_of(answer)


def test_versions_are_moved_and_the_refused_are_named(staff: Client, bank: ItemBank) -> None:
    live, other = make_item(bank, "A-1"), make_item(bank, "B-1")
    act(staff, "quarantine", other)
    page = act(staff, "retire", live, other)
    assert "2 now retired." in page
    page = act(staff, "make_live", live)
    assert "1 left as they are. A-1: Version 1 is retired; from there it can become nothing else." in page
    assert not Item.objects.live().exists()


def test_foreign_versions_are_not_moved(own_staff: Client, cast: Cast) -> None:
    foreign = make_item(make_bank(cast.meridian.academy, slug="foreign"), "A-1")
    act(own_staff, "retire", foreign)
    foreign.refresh_from_db()
    assert foreign.state == "live"


@pytest.mark.parametrize("model", [Item, ItemVersion])
def test_items_are_neither_added_nor_deleted_here(staff: Client, bank: ItemBank, model: type[Any]) -> None:
    row = row_of(bank, model)
    assert staff.get(url(model, "add")).status_code == 403
    assert staff.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in text_of(staff.get(url(model, "changelist")))


def test_only_an_empty_bank_is_deleted(staff: Client, bank: ItemBank, cast: Cast) -> None:
    empty = make_bank(cast.harbour.academy, slug="empty", domains=0)
    row_of(bank, Item)
    assert staff.post(url(ItemBank, "delete", bank.pk), {"post": "yes"}).status_code == 403
    assert staff.post(url(ItemBank, "delete", empty.pk), {"post": "yes"}).status_code == 302
    assert list(ItemBank.objects.all()) == [bank]


def stimulus_form(bank: ItemBank, **fields: Any) -> dict[str, Any]:
    return {
        "bank": bank.pk,
        "code": "S-1",
        "kind": "passage",
        "title": "",
        "body": "A *text*.",
        "attribution": "",
        **fields,
    }


def test_a_stimulus_is_added_and_followed_by_the_next_number(staff: Client, bank: ItemBank) -> None:
    for body in ("A *text*.", "A *text*.", "Another text."):
        assert staff.post(url(Stimulus, "add"), stimulus_form(bank, body=body)).status_code == 302
    assert list(Stimulus.objects.order_by("number").values_list("number", "body_html")) == [
        (1, "<p>A <em>text</em>.</p>\n"),
        (2, "<p>Another text.</p>\n"),
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"body": ""}, "needs a body"),
        ({"code": "a b"}, "pattern"),
        ({"kind": "image"}, "needs a file"),
        ({"kind": "image", "file": SimpleUploadedFile("x.svg", b"<svg/>")}, "not taken here"),
        ({"kind": ""}, "required"),
        ({"body": "a\0b"}, "null characters"),
    ],
)
def test_a_wrong_stimulus_is_explained(staff: Client, bank: ItemBank, fields: dict[str, Any], words: str) -> None:
    answer = staff.post(url(Stimulus, "add"), stimulus_form(bank, **fields))
    assert words.lower() in text_of(answer).lower()
    assert not Stimulus.objects.exists()


def test_no_stimulus_goes_into_a_foreign_bank(own_staff: Client, cast: Cast) -> None:
    foreign = make_bank(cast.meridian.academy, slug="foreign")
    assert own_staff.post(url(Stimulus, "add"), stimulus_form(foreign)).status_code == 200
    assert not Stimulus.objects.exists()


def test_sharing_is_the_platforms(own_staff: Client, bank: ItemBank) -> None:
    form = {
        "academy": bank.academy_id,
        "title": "New title",
        "slug": bank.slug,
        "language": "en",
        "is_shared": "on",
        "domains-TOTAL_FORMS": 0,
        "domains-INITIAL_FORMS": 0,
    }
    assert own_staff.post(url(ItemBank, "change", bank.pk), form).status_code == 302
    bank.refresh_from_db()
    assert (bank.title, bank.is_shared) == ("New title", False)
