"""Items, versions and stimuli through their actions: what is kept, what moves, what the journal says."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.journal.models import JournalEntry
from exams.bank.actions import move_version, save_item, save_stimulus
from exams.bank.content import InvalidItem
from exams.bank.errors import IllegalMove, UnknownReference
from exams.bank.models import Item, ItemBank, ItemVersion, Skill, Stimulus
from tests.cast import Cast
from tests.factories.exams import OPTIONS, make_bank, make_item

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
State = ItemVersion.State
SOURCE: dict[str, Any] = {
    "code": "A-1",
    "domain": "1",
    "type": "single_choice",
    "stem": "What is **it**?",
    "explanation": "It is so.",
    "options": OPTIONS,
}


@pytest.fixture
def bank(cast: Cast) -> ItemBank:
    return make_bank(cast.harbour.academy)


def save(bank: ItemBank, **fields: Any) -> ItemVersion:
    return save_item(bank=bank, source={**SOURCE, **fields}, actor=None, now=NOW)


def move(version: ItemVersion, *states: str) -> ItemVersion:
    for state in states:
        version = move_version(version=version, to=state, actor=None, now=NOW)
    return version


def test_a_new_item_is_a_draft(bank: ItemBank, cast: Cast) -> None:
    author = cast.harbour.manager.account
    version = save_item(bank=bank, source=SOURCE, actor=author, now=NOW)
    assert (version.number, version.state, version.created_by) == (1, "draft", author)
    assert version.stem_html == "<p>What is <strong>it</strong>?</p>\n"
    assert version.item.live_version is None
    entry = JournalEntry.objects.get(kind="exams.item_version_moved")
    assert (entry.actor, entry.subject_id) == (author, str(version.item_id))


def test_the_same_content_makes_no_version(bank: ItemBank) -> None:
    first = save(bank)
    assert save(bank) == first
    assert ItemVersion.objects.count() == 1


def test_other_content_makes_the_next_version_and_leaves_the_first_alone(bank: ItemBank) -> None:
    first = save(bank)
    before = ItemVersion.objects.filter(pk=first.pk).values().get()
    second = save(bank, stem="What else?")
    assert (second.number, second.item) == (2, first.item)
    assert ItemVersion.objects.filter(pk=first.pk).values().get() == before


def test_the_place_of_an_item_changes_without_a_version(bank: ItemBank) -> None:
    domain = bank.domains.get(code="2")
    skill = Skill.objects.create(academy=bank.academy, domain=domain, code="2.1", title="Two")
    first = save(bank)
    assert save(bank, domain="2", skill="2.1", tags=["new"]) == first
    item = Item.objects.get()
    assert (item.domain, item.skill, item.tags) == (domain, skill, ["new"])
    authored = ItemVersion.objects.get().authored()
    assert (authored.domain, authored.skill, authored.tags) == ("2", "2.1", ["new"])


@pytest.mark.parametrize(
    ("fields", "name"), [({"domain": "9"}, "domain"), ({"skill": "1.9"}, "skill"), ({"stimulus": "S"}, "stimulus")]
)
def test_what_the_bank_does_not_have_is_refused(bank: ItemBank, fields: dict[str, str], name: str) -> None:
    with pytest.raises(UnknownReference) as refused:
        save(bank, **fields)
    assert [error.field for error in refused.value.errors] == [name]
    assert not Item.objects.exists()


def test_another_academys_domain_does_not_count(bank: ItemBank, cast: Cast) -> None:
    foreign = make_bank(cast.meridian.academy, domains=3)
    with pytest.raises(UnknownReference):
        save(bank, domain="3")
    assert save(foreign, domain="3").academy == cast.meridian.academy


# --- The workflow -----------------------------------------------------------------------------------------------------

LEGAL = {
    ("draft", "in_review"),
    ("in_review", "approved"),
    ("in_review", "draft"),
    ("in_review", "rejected"),
    ("approved", "live"),
    ("approved", "retired"),
    ("live", "quarantined"),
    ("live", "retired"),
    ("quarantined", "live"),
    ("quarantined", "retired"),
}
WAYS = {
    "draft": (),
    "in_review": ("in_review",),
    "approved": ("in_review", "approved"),
    "live": ("in_review", "approved", "live"),
    "quarantined": ("in_review", "approved", "live", "quarantined"),
    "retired": ("in_review", "approved", "retired"),
    "rejected": ("in_review", "rejected"),
}


@pytest.mark.parametrize("before", State.values)
@pytest.mark.parametrize("after", State.values)
def test_only_the_drawn_moves_are_possible(bank: ItemBank, before: str, after: str) -> None:
    version = move(save(bank), *WAYS[before])
    if (before, after) in LEGAL:
        assert move(version, after).state == after
    else:
        with pytest.raises(IllegalMove):
            move(version, after)
        version.refresh_from_db()
        assert version.state == before


def test_a_live_version_retires_the_one_before(bank: ItemBank) -> None:
    first = make_item(bank, "A-1")
    second = move(save(bank, stem="What else?"), "in_review", "approved", "live")
    first.refresh_from_db()
    item = Item.objects.get(code="A-1")
    assert (first.state, second.state, item.live_version) == ("retired", "live", second)
    sentences = (
        JournalEntry.objects.filter(subject_id=str(item.pk)).order_by("-id").values_list("payload__after", flat=True)
    )
    assert list(sentences[:2]) == ["live", "retired"]


@pytest.mark.parametrize("after", ["quarantined", "retired"])
def test_what_is_no_longer_live_is_not_drawn(bank: ItemBank, after: str) -> None:
    version = make_item(bank, "A-1")
    assert Item.objects.live().exists()
    move(version, after)
    assert not Item.objects.live().exists()


def test_a_quarantined_version_comes_back(bank: ItemBank) -> None:
    version = move(make_item(bank, "A-1"), "quarantined", "live")
    assert Item.objects.get().live_version == version


# --- Stimuli ----------------------------------------------------------------------------------------------------------


def stimulus(bank: ItemBank, data: bytes | None = None, **fields: Any) -> Stimulus:
    source = {"code": "S-1", "kind": "passage", "body": "A *text*.", **fields}
    return save_stimulus(bank=bank, source=source, now=NOW, file=ContentFile(data) if data is not None else None)


def test_a_changed_stimulus_is_a_new_row(bank: ItemBank) -> None:
    first = stimulus(bank)
    assert first.body_html == "<p>A <em>text</em>.</p>\n"
    assert stimulus(bank) == first
    second = stimulus(bank, body="Another text.")
    assert (second.number, second.code) == (2, "S-1")
    first.refresh_from_db()
    assert first.body == "A *text*."


def test_items_follow_their_stimulus(bank: ItemBank) -> None:
    old = stimulus(bank)
    first = save(bank, stimulus="S-1")
    new = stimulus(bank, body="Another text.")
    second = save(bank, stimulus="S-1")
    assert (first.stimulus, second.stimulus, second.number) == (old, new, 2)


def test_a_file_is_stored_under_its_content(bank: ItemBank) -> None:
    picture = {"kind": "image", "body": "A chart.", "file": "media/chart.PNG"}
    first = stimulus(bank, b"one", **picture)
    assert first.file.name.endswith(".png")
    assert default_storage.open(first.file.name).read() == b"one"
    assert stimulus(bank, b"one", **picture) == first
    assert stimulus(bank, b"two", **picture).number == 2


@pytest.mark.parametrize("name", ["x.svg", "x.html", "x.png.exe", "x", "x.mp3"])
def test_a_file_that_could_do_harm_is_refused(bank: ItemBank, name: str) -> None:
    with pytest.raises(InvalidItem):
        stimulus(bank, b"<svg>", kind="image", body="A chart.", file=name)
    assert not Stimulus.objects.exists()
