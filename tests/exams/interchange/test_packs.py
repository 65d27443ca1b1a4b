"""Content packs: read, refused with the place of each fault, loaded, loaded again."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from accounts.journal.models import JournalEntry
from exams.bank.models import Item, ItemBank, ItemVersion, Stimulus
from exams.formats.models import Blueprint, BlueprintCell, Form, ScoreConversion
from exams.interchange.pack_files import InvalidPack, read_pack
from exams.interchange.packs import BankNotShared, load_pack
from tests.cast import Cast
from tests.factories.exams import OPTIONS, make_bank

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

Pack = Callable[..., Path]


def item(code: str, **fields: Any) -> dict[str, Any]:
    return {
        "code": code,
        "domain": "1",
        "type": "single_choice",
        "stem": f"What is {code}?",
        "explanation": "It is so.",
        "options": OPTIONS,
        **fields,
    }


SHEET: dict[str, Any] = {
    "slug": "small",
    "title": "Small",
    "domains": [
        {"code": "1", "title": "One", "weight": 60, "skills": [{"code": "1.1", "title": "First"}]},
        {"code": "2", "title": "Two", "weight": 40},
    ],
    "conversions": [{"name": "Scale", "kind": "linear", "scale_min": 100, "scale_max": 900, "cut_score": 700}],
    "blueprints": [
        {
            "slug": "small-full",
            "title": "Full",
            "conversion": "Scale",
            "time_limit_minutes": 30,
            "sections": [{"title": "All", "cells": [{"domain": "1", "count": 2}]}],
        }
    ],
    "forms": [
        {"code": "small-1", "title": "Fixed", "conversion": "Scale", "sections": [{"title": "A", "items": ["B", "A"]}]}
    ],
}


@pytest.fixture
def pack(tmp_path: Path, settings: Any) -> Pack:
    """`pack(items=…, stimuli=…, **sheet)` writes the pack `small` and returns its folder."""
    settings.PACKS_DIR = tmp_path
    folder = tmp_path / "small"

    def write(*, items: Any = None, stimuli: Any = None, **sheet: Any) -> Path:
        (folder / "items").mkdir(parents=True, exist_ok=True)
        (folder / "pack.yaml").write_text(yaml.safe_dump({**SHEET, **sheet}))
        contents = [item("A"), item("B")] if items is None else items
        (folder / "items" / "1.yaml").write_text(contents if isinstance(contents, str) else yaml.safe_dump(contents))
        if stimuli is not None:
            (folder / "stimuli-1.yaml").write_text(yaml.safe_dump(stimuli))
        return folder

    return write


def load(cast: Cast) -> tuple[int, int, int, int]:
    loaded = load_pack(name="small", academy=cast.house, actor=None, now=NOW)
    return loaded.items.new, loaded.items.changed, loaded.items.same, loaded.forms


def test_a_pack_becomes_a_shared_bank_with_live_items(cast: Cast, pack: Pack) -> None:
    pack(
        stimuli=[{"code": "S", "kind": "passage", "body": "A text."}],
        items=[item("A", stimulus="S"), item("B", skill="1.1")],
    )
    assert load(cast) == (2, 0, 0, 1)
    bank = ItemBank.objects.get(slug="small")
    assert (bank.academy, bank.is_shared) == (cast.house, True)
    assert list(bank.domains.values_list("code", "weight")) == [("1", 60), ("2", 40)]
    assert Item.objects.live().count() == 2
    assert ItemVersion.objects.get(item__code="A").stimulus == Stimulus.objects.get()
    form = Form.objects.get()
    assert list(form.slots.values_list("item_version__item__code", flat=True)) == ["B", "A"]
    blueprint = Blueprint.objects.get()
    assert (blueprint.time_limit_seconds, blueprint.conversion.cut_score) == (1800, Decimal(700))
    assert JournalEntry.objects.get(kind="exams.pack_loaded").payload["pack"] == "small"


def test_loading_again_changes_nothing(cast: Cast, pack: Pack) -> None:
    pack(stimuli=[{"code": "S", "kind": "passage", "body": "A text."}])
    load(cast)
    cells = set(BlueprintCell.objects.values_list("pk", flat=True))
    assert load(cast) == (0, 0, 2, 0)
    assert set(BlueprintCell.objects.values_list("pk", flat=True)) == cells
    counts = [model.objects.count() for model in (ItemBank, ItemVersion, Stimulus, ScoreConversion, Blueprint, Form)]
    assert counts == [1, 2, 1, 1, 1, 1]


def test_what_changed_is_followed_by_the_next(cast: Cast, pack: Pack) -> None:
    pack()
    load(cast)
    first = Form.objects.get()
    pack(
        items=[item("A", stem="What else?"), item("B")],
        conversions=[{**SHEET["conversions"][0], "cut_score": 650}],
        blueprints=[{**SHEET["blueprints"][0], "sections": [{"title": "All", "cells": [{"domain": "1", "count": 1}]}]}],
    )
    assert load(cast) == (0, 1, 1, 1)
    assert list(ScoreConversion.objects.order_by("version").values_list("version", "cut_score")) == [(1, 700), (2, 650)]
    assert Blueprint.objects.get().conversion.version == 2
    assert BlueprintCell.objects.get().count == 1
    second = Form.objects.exclude(pk=first.pk).get()
    assert (first.code, second.code) == ("small-1", "small-1")
    assert first.slots.filter(item_version__state="retired").count() == 1
    assert not second.slots.exclude(item_version__state="live").exists()


def test_a_changed_stimulus_renews_its_items(cast: Cast, pack: Pack) -> None:
    pack(stimuli=[{"code": "S", "kind": "passage", "body": "A text."}], items=[item("A", stimulus="S"), item("B")])
    load(cast)
    pack(stimuli=[{"code": "S", "kind": "passage", "body": "B text."}], items=[item("A", stimulus="S"), item("B")])
    assert load(cast)[:3] == (0, 1, 1)
    assert Item.objects.get(code="A").live_version.stimulus.body == "B text."


def test_a_bank_of_the_academys_own_is_not_overwritten(cast: Cast, pack: Pack) -> None:
    pack()
    make_bank(cast.house, slug="small")
    with pytest.raises(BankNotShared):
        load(cast)


def test_a_retired_item_of_a_form_stops_the_load(cast: Cast, pack: Pack) -> None:
    pack()
    load(cast)
    ItemVersion.objects.filter(item__code="A").update(state="retired")
    Item.objects.filter(code="A").update(live_version=None)
    with pytest.raises(InvalidPack, match="not live"):
        load(cast)


SKEWED = [{"code": "1", "title": "One", "weight": 50}, {"code": "2", "title": "Two", "weight": 40}]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"items": [item("A"), item("B", colour="red")]}, "items/1.yaml B colour", "no such field"),
        ({"items": [item("A"), item("A")]}, "items/1.yaml A", "used twice"),
        ({"items": [item("A"), item("B", explanation="")]}, "items/1.yaml B", "explanation is missing"),
        (
            {"items": [item("A"), item("B", options=[{**OPTIONS[0], "why": ""}, OPTIONS[1]])]},
            "items/1.yaml B",
            "why of a is missing",
        ),
        ({"items": [item("A"), item("B", domain="9")]}, "items/1.yaml B domain", "no domain '9'"),
        ({"items": [item("A"), item("B", skill="2.1")]}, "items/1.yaml B skill", "no skill '2.1'"),
        ({"items": [item("A"), item("B", stimulus="S")]}, "items/1.yaml B stimulus", "no stimulus 'S'"),
        ({"items": "- code: [unclosed"}, "items/1.yaml", "not YAML"),
        ({"items": "- {code: A, code: B}"}, "items/1.yaml", "stands twice"),
        ({"items": {"code": "A"}}, "items/1.yaml", "must be a list"),
        ({"items": ["text"]}, "items/1.yaml (no code)", "mapping"),
        ({"items": ""}, "items/1.yaml", "empty"),
        ({"domains": SKEWED}, "pack.yaml domains", "sum to 90"),
        (
            {"blueprints": [{**SHEET["blueprints"][0], "conversion": "X"}]},
            "pack.yaml blueprints.0.conversion",
            "no conversion",
        ),
        (
            {"forms": [{**SHEET["forms"][0], "sections": [{"title": "A", "items": ["Z"]}]}]},
            "pack.yaml forms.0.sections",
            "no item",
        ),
        (
            {"forms": [{**SHEET["forms"][0], "sections": [{"title": "A", "items": ["A", "A"]}]}]},
            "pack.yaml forms.0.sections",
            "asked twice",
        ),
        (
            {"stimuli": [{"code": "S", "kind": "image", "body": "x", "file": "../../etc/passwd"}]},
            "stimulus S file",
            "has no file",
        ),
        ({"title": ""}, "pack.yaml title", "at least 1"),
    ],
)
def test_a_fault_is_named_by_its_file_and_item(pack: Pack, changes: dict[str, Any], field: str, words: str) -> None:
    folder = pack(**changes)
    with pytest.raises(InvalidPack) as refused:
        read_pack(folder)
    found = {error.field: error.detail for error in refused.value.errors}
    assert words in found.get(field, ""), found


@pytest.mark.parametrize(
    "table",
    [[[0, 1], [0, 2]], [[0, 2], [50, 1]], [[0, 1], [101, 9]], [[0, 1], [50, 10]], [], [[0]], [[0, "x"]]],
)
def test_a_table_must_rise_within_its_scale(pack: Pack, table: list[Any]) -> None:
    folder = pack(conversions=[{"name": "Scale", "kind": "table", "scale_min": 1, "scale_max": 9, "table": table}])
    with pytest.raises(InvalidPack):
        read_pack(folder)


def test_the_command_loads_into_the_house_academy(cast: Cast, pack: Pack) -> None:
    pack()
    out = StringIO()
    call_command("load_pack", "small", stdout=out)
    assert out.getvalue().strip() == "Small: 2 new, 0 changed, 0 the same; 1 new forms."


@pytest.mark.parametrize("name", ["nope", "../small", "small/../small", ""])
def test_the_command_knows_only_folders_of_packs(cast: Cast, pack: Pack, name: str) -> None:
    pack()
    with pytest.raises(CommandError, match="no pack"):
        call_command("load_pack", name)


def test_the_command_lists_faults(cast: Cast, pack: Pack) -> None:
    pack(items=[item("A", colour="red")], forms=[])
    err = StringIO()
    with pytest.raises(CommandError, match="not right"):
        call_command("load_pack", "small", stderr=err)
    assert "items/1.yaml A colour: There is no such field here." in err.getvalue()
