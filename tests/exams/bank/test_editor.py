"""The item editor in the admin: what is saved, what is refused and how it is said, and who may write."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from exams.bank.actions import save_item
from exams.bank.content import InvalidItem, parse_item
from exams.bank.models import Item, ItemBank, ItemType, ItemVersion
from exams.bank.preview import excerpt_of
from exams.bank.starters import is_starter, starter
from exams.bank.yaml_source import MAX_BYTES, item_text, read_item_text
from tests.cast import Cast
from tests.exams.authored import ALL_TYPES, items
from tests.exams.bank.test_admin import bank, own_staff, signed_in, staff, text_of
from tests.factories.exams import NOW, make_bank, make_item

__all__ = ["bank", "own_staff", "staff"]


def new_page(bank: ItemBank) -> str:
    return reverse("admin:exams_itembank_write_item", args=[bank.pk])


def item_page(item: Item) -> str:
    return reverse("admin:exams_item_write_version", args=[item.pk])


def press(client: Client, page: str, button: str, text: str, **fields: Any) -> Any:
    form = {"source": text, "based_on": 0, button: "", **fields}
    return client.post(page, form)


def kept(answer: Any) -> str:
    """The text in the form that came back."""
    return str(answer.context["form"].initial["source"])


def faults(answer: Any) -> list[tuple[str, int]]:
    assert answer.status_code == 200
    return [(fault.place, fault.line) for fault in answer.context["faults"]]


def named(kind: str, code: str = "E-1") -> str:
    """The template of a type with a code."""
    return starter(kind, domain="1").replace("code:", f"code: {code}", 1)


# --- A new item -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ItemType.values)
def test_the_template_of_each_type_needs_only_a_code(staff: Client, bank: ItemBank, kind: str) -> None:
    inserted = press(staff, new_page(bank), "insert", starter("numeric", domain="1"), kind=kind)
    assert kept(inserted) == starter(kind, domain="1")
    assert faults(press(staff, new_page(bank), "save", kept(inserted), kind=kind)) == [("code", 1)]
    answer = press(staff, new_page(bank), "save", named(kind), kind=kind)
    version = ItemVersion.objects.get()
    assert answer.url == reverse("admin:exams_itemversion_change", args=[version.pk])
    assert (version.item.code, version.number, version.state, version.type) == ("E-1", 1, "draft", kind)


def test_a_template_never_goes_over_what_somebody_wrote(staff: Client, bank: ItemBank) -> None:
    answer = press(staff, new_page(bank), "insert", "code: MINE", kind="matching")
    assert "has been changed" in text_of(answer)
    assert kept(answer) == "code: MINE"
    assert is_starter(kept(press(staff, new_page(bank), "insert", " \n", kind="matching")), domain="1")


@pytest.mark.parametrize("kind", ItemType.values)
def test_the_preview_shows_everything_and_saves_nothing(staff: Client, bank: ItemBank, kind: str) -> None:
    page = text_of(press(staff, new_page(bank), "preview", named(kind)))
    for words in ("Preview", "Not saved yet", "Why the key is right", "Why "):
        assert words in page
    assert not Item.objects.exists()


def test_the_code_of_another_item_is_refused(staff: Client, bank: ItemBank) -> None:
    make_item(bank, "E-1")
    answer = press(staff, new_page(bank), "save", named("numeric"))
    assert "has an item E-1 already" in text_of(answer)
    assert kept(answer) == named("numeric")
    assert ItemVersion.objects.count() == 1


def test_a_draft_is_sent_on_its_way_from_its_page(staff: Client, bank: ItemBank) -> None:
    answer = staff.post(new_page(bank), {"source": named("numeric"), "based_on": 0, "save": ""}, follow=True)
    page = text_of(answer)
    assert "Version 1 of E-1 is saved as a draft" in page
    assert "Send to review" in page
    version = ItemVersion.objects.get()
    move = reverse("admin:exams_itemversion_move", args=[version.pk])
    assert move in page
    for to in ("in_review", "approved", "live"):
        assert staff.post(move, {"to": to}).status_code == 302
        version.refresh_from_db()
        assert version.state == to
    assert "left as they are" in text_of(staff.post(move, {"to": "draft"}, follow=True))
    assert staff.post(move, {"to": "nonsense"}).status_code == 302
    assert staff.get(move).status_code == 302
    version.refresh_from_db()
    assert version.state == "live"


# --- The next version -------------------------------------------------------------------------------------------------


def test_the_next_version_starts_with_the_newest_text(staff: Client, bank: ItemBank) -> None:
    version = make_item(bank, "E-1", tags=["one"])
    text = kept(staff.get(item_page(version.item)))
    assert parse_item(read_item_text(text).fields) == version.authored()
    press(
        staff,
        item_page(version.item),
        "save",
        text.replace("stem: ", "stem: New: ").replace("New: ", "New "),
        based_on=1,
    )
    newest = ItemVersion.objects.get(number=2)
    assert (newest.state, newest.stem, newest.created_by) == (
        "draft",
        f"New {version.stem}",
        User.objects.get(is_superuser=True),
    )
    version.refresh_from_db()
    assert version.state == "live"


def test_the_same_text_makes_no_version(staff: Client, bank: ItemBank) -> None:
    item = make_item(bank, "E-1").item
    text = kept(staff.get(item_page(item)))
    assert "says already: saving makes no version" in text_of(
        press(staff, item_page(item), "preview", text, based_on=1)
    )
    answer = staff.post(item_page(item), {"source": text, "based_on": 1, "save": ""}, follow=True)
    assert "This is what version 1 says already. No version was made." in text_of(answer)
    assert "were changed" not in text_of(answer)
    moved = staff.post(item_page(item), {"source": text.replace("'1'", "'2'"), "based_on": 1, "save": ""}, follow=True)
    assert "No version was made. Its domain, skill and tags were changed." in text_of(moved)
    item.refresh_from_db()
    assert (item.domain.code, item.versions.count()) == ("2", 1)


def test_the_code_stays(staff: Client, bank: ItemBank) -> None:
    item = make_item(bank, "E-1").item
    answer = press(staff, item_page(item), "save", kept(staff.get(item_page(item))).replace("E-1", "E-2"), based_on=1)
    assert faults(answer) == [("code", 1)]
    assert Item.objects.get().code == "E-1"


def test_what_somebody_wrote_meanwhile_is_not_passed_over_unseen(staff: Client, bank: ItemBank) -> None:
    item = make_item(bank, "E-1").item
    mine = kept(staff.get(item_page(item))).replace("stem: ", "stem: Mine ")
    source = read_item_text(mine.replace("Mine", "Theirs")).fields
    save_item(bank=bank, source=source, actor=None, now=NOW)
    refused = press(staff, item_page(item), "save", mine, based_on=1)
    assert "Somebody wrote version 2 of E-1 meanwhile" in text_of(refused)
    assert (kept(refused), refused.context["form"].initial["based_on"]) == (mine, 2)
    # A look at the preview is no consent.
    assert press(staff, item_page(item), "preview", mine, based_on=1).context["form"].initial["based_on"] == 1
    assert press(staff, item_page(item), "save", mine, based_on=2).status_code == 302
    assert item.versions.count() == 3


# --- What is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", ("", 0)),
        ("# nothing", ("", 0)),
        ("- code: A", ("", 0)),
        ("code: A\nstem: *x* y", ("", 2)),
        ("code: A\nstem: one: two", ("", 2)),
        ("code: A\nstem: [a", ("", 3)),
        ("code: A\nx: 1\nx: 2", ("", 3)),
        ("a: &a [x]\nb: *a", ("", 1)),
        ("code: A\nstem: !!python/object/apply:os.system ['x']", ("", 2)),
        ("code: A\nstem: !!bool maybe", ("", 2)),
        ("code: A\n---\ncode: B", ("", 2)),
        ("code: 2024-02-31", ("", 0)),
        ("code: 1:1:1:1:1:1:1" + ":1" * 300 + ".5", ("", 0)),
        ("code: A\n\u0008", ("", 0)),
        ("[" * 50_000, ("", 1)),
        ("a: " + "[" * 30 + "]" * 30, ("", 1)),
        ("x: " + "y" * MAX_BYTES, ("", 0)),
        ("? [a]\n: b", ("", 1)),
    ],
    ids=range(18),
)
@pytest.mark.parametrize("button", ["preview", "save"])
def test_what_is_no_item_in_yaml_is_named_by_its_line(
    staff: Client, bank: ItemBank, text: str, place: tuple[str, int], button: str
) -> None:
    answer = press(staff, new_page(bank), button, text)
    assert faults(answer) == [place]
    assert kept(answer) == text
    assert not Item.objects.exists()


def test_aliases_do_not_grow() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(InvalidItem) as refused:
        read_item_text(bomb)
    assert refused.value.errors[0].field == "line 1"


def test_each_wrong_field_is_named_by_path_and_line(staff: Client, bank: ItemBank) -> None:
    text = (
        named("single_choice")
        .replace('domain: "1"', "domain: 1")
        .replace("    why: Why this is right.\n", "    why: Why this is right.\n    reason: x\n")
        .replace("difficulty: medium", "difficulty: fair")
    )
    answer = press(staff, new_page(bank), "save", text)
    assert faults(answer) == [("domain", 2), ("difficulty", 3), ("options.0.reason", 12)]
    page = text_of(answer)
    assert "YAML reads 1 as int" in page
    assert "There is no such field here." in page


def test_what_the_bank_does_not_have_is_named(staff: Client, bank: ItemBank) -> None:
    text = named("numeric").replace('domain: "1"', 'domain: "9"\nstimulus: S-9')
    assert faults(press(staff, new_page(bank), "preview", text)) == [("domain", 2), ("stimulus", 3)]


def test_an_empty_and_a_long_text_are_told_in_plain_words(staff: Client, bank: ItemBank) -> None:
    empty = press(staff, new_page(bank), "preview", named("numeric").replace("How much is it?", ""))
    assert "This must not be empty." in text_of(empty)
    long = press(staff, new_page(bank), "preview", named("numeric").replace("How it is worked out.", "x" * 4001))
    assert "it may have at most 4000 characters and has 4001" in text_of(long)


@pytest.mark.parametrize("fields", [{"based_on": ""}, {"based_on": "x"}, {"based_on": -1}, {"kind": "essay"}])
def test_a_form_that_was_tampered_with_comes_back(staff: Client, bank: ItemBank, fields: dict[str, Any]) -> None:
    answer = press(staff, new_page(bank), "save", named("numeric"), **fields)
    assert answer.context["faults"]
    assert kept(answer) == named("numeric")


def test_markup_in_the_text_is_shown_as_text(staff: Client, bank: ItemBank) -> None:
    page = text_of(press(staff, new_page(bank), "preview", named("numeric") + "</textarea><script>x()</script>: 1"))
    assert "<script>x()" not in page


def test_there_is_no_script_in_the_page(staff: Client, bank: ItemBank) -> None:
    answer = staff.get(new_page(bank))
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"].partition("script-src")[2].partition(";")[0]
    start = text_of(answer).index("<h1")
    assert "<script" not in text_of(answer)[start:].partition("</form>")[0]
    assert "onclick" not in text_of(answer)


@given(st.one_of(st.text(max_size=300), st.text(alphabet="ab:-[]{}&*!|>#'\"\n ?%@`,0.", max_size=80)))
def test_no_text_is_more_than_refused(text: str) -> None:
    with pytest.raises(InvalidItem) as refused:
        parse_item(read_item_text(text).fields)
    assert refused.value.errors


@given(items(*ALL_TYPES))
def test_what_is_shown_is_what_was_written(item: Any) -> None:
    assert parse_item(read_item_text(item_text(item.source())).fields) == item


def test_lists_show_a_stem_without_its_marks() -> None:
    assert excerpt_of("# Which **two**\nare `right`?") == "Which two are right?"


# --- Who may write ----------------------------------------------------------------------------------------------------


def test_an_academys_staff_write_in_their_own_banks_alone(own_staff: Client, bank: ItemBank, cast: Cast) -> None:
    foreign = make_bank(cast.meridian.academy, slug="foreign")
    item = make_item(foreign, "F-1").item
    for page in (new_page(foreign), item_page(item)):
        for button in ("preview", "save"):
            assert press(own_staff, page, button, named("numeric"), based_on=1).status_code == 404
        assert own_staff.get(page).status_code == 404
    move = reverse("admin:exams_itemversion_move", args=[item.live_version_id])
    assert own_staff.post(move, {"to": "retired"}).status_code == 404
    item.refresh_from_db()
    assert (item.versions.count(), item.live_version is not None) == (1, True)
    assert press(own_staff, new_page(bank), "save", named("numeric")).status_code == 302


@pytest.mark.parametrize("permissions", [[], ["view_item", "view_itembank", "view_itemversion", "change_itembank"]])
def test_staff_without_the_permission_do_not_write(cast: Cast, bank: ItemBank, permissions: list[str]) -> None:
    owner = cast.harbour.owner.account
    owner.is_staff = True
    owner.save()
    owner.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = signed_in(owner)
    version = make_item(bank, "E-1")
    for page in (new_page(bank), item_page(version.item)):
        assert client.get(page).status_code == 403
        assert press(client, page, "save", named("numeric", "E-2")).status_code == 403
    move = reverse("admin:exams_itemversion_move", args=[version.pk])
    assert client.post(move, {"to": "retired"}).status_code == 404
    if permissions:
        assert "Write a new version" not in text_of(
            client.get(reverse("admin:exams_item_change", args=[version.item_id]))
        )
        assert "Write an item" not in text_of(client.get(reverse("admin:exams_itembank_change", args=[bank.pk])))
        shown = text_of(client.get(reverse("admin:exams_itemversion_change", args=[version.pk])))
        assert move not in shown
    version.refresh_from_db()
    assert (version.state, ItemVersion.objects.count()) == ("live", 1)


def test_others_are_sent_to_the_sign_in(cast: Cast, bank: ItemBank) -> None:
    for client in (Client(), signed_in(cast.harbour.owner.account)):
        answer = client.get(new_page(bank))
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/admin/login/")
