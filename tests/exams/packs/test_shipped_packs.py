"""The packs that are shipped: complete, varied, free of doubles, and enough for the forms they promise."""

import re
from collections import Counter
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings

from exams.bank.content import MultipleChoice, SingleChoice
from exams.bank.models import ItemType
from exams.formats.assembly import assemble_form
from exams.formats.models import Blueprint, Form
from exams.interchange.pack_files import Pack, read_pack
from exams.interchange.packs import load_pack, pack_names
from tests.cast import Cast

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECURITY = "security_foundations"
READING = "academic_reading"


def pack(name: str) -> Pack:
    return read_pack(Path(settings.PACKS_DIR) / name)


def test_these_packs_are_shipped() -> None:
    assert {SECURITY, READING} <= set(pack_names())


def test_security_foundations_is_complete() -> None:
    shipped = pack(SECURITY)
    assert len(shipped.items) >= 150
    assert [(domain.code, domain.weight) for domain in shipped.sheet.domains] == [
        ("1", 15),
        ("2", 22),
        ("3", 20),
        ("4", 25),
        ("5", 18),
    ]
    assert {item.kind for item in shipped.items} == set(ItemType.values)
    asked = {(item.domain, item.skill) for item in shipped.items}
    assert asked == {(domain.code, skill.code) for domain in shipped.sheet.domains for skill in domain.skills}


def test_academic_reading_has_two_passages_of_thirteen_points() -> None:
    shipped = pack(READING)
    points = Counter[str | None]()
    for item in shipped.items:
        points[item.stimulus] += item.points
    assert points == {"PASSAGE-1": 13, "PASSAGE-2": 13}
    (form,) = shipped.sheet.forms
    assert [section.time_limit_minutes for section in form.sections] == [20, 20]
    assert [code for section in form.sections for code in section.items] == sorted(item.code for item in shipped.items)


@pytest.mark.parametrize("name", [SECURITY, READING])
def test_everything_is_explained(name: str) -> None:
    assert {item.code: item.unexplained() for item in pack(name).items if item.unexplained()} == {}


@pytest.mark.parametrize("name", [SECURITY, READING])
def test_no_two_questions_are_alike(name: str) -> None:
    """By shared runs of four words: what is asked together with its options or statement."""
    shingled = {}
    for item in pack(name).items:
        texts = [item.stem, str(item.question().get("html", ""))]
        texts += [option["html"] for option in item.question().get("options", []) if "html" in option]
        words = re.findall(r"[a-z0-9]+", re.sub(r"<[^>]*>", " ", " ".join(texts)).lower())
        shingled[item.code] = {tuple(words[index : index + 4]) for index in range(len(words) - 3)}
    alike = [
        (one, other)
        for (one, first), (other, second) in combinations(shingled.items(), 2)
        if first and second and len(first & second) / min(len(first), len(second)) > 0.5
    ]
    assert alike == []


@pytest.mark.parametrize("name", [SECURITY, READING])
def test_no_stem_is_used_twice(name: str) -> None:
    """Two items may ask in the same words only if they ask about different statements or texts."""
    asked = Counter((item.stem, str(item.question())) for item in pack(name).items)
    assert [stem for (stem, _), count in asked.items() if count > 1] == []


def test_the_right_option_gives_itself_away_neither_by_place_nor_by_length() -> None:
    singles = [item for item in pack(SECURITY).items if isinstance(item, SingleChoice)]
    places = Counter(next(place for place, option in enumerate(item.options) if option.correct) for item in singles)
    assert max(places.values()) < 0.35 * len(singles)
    longest = sum(
        len(next(option.text for option in item.options if option.correct))
        > max(len(option.text) for option in item.options if not option.correct)
        for item in singles
    )
    assert longest < 0.4 * len(singles)


def test_several_right_options_are_announced() -> None:
    several = [item for item in pack(SECURITY).items if isinstance(item, MultipleChoice)]
    assert several
    assert all(1 <= len(item.key()["choices"]) < len(item.options) for item in several)


def test_forms_assemble_for_fifty_seeds(cast: Cast) -> None:
    load_pack(name=SECURITY, academy=cast.house, actor=None, now=NOW)
    for blueprint in Blueprint.objects.all():
        wanted = sum(cell.count for section in blueprint.sections.all() for cell in section.cells.all())
        papers = set()
        for seed in range(50):
            form = assemble_form(blueprint=blueprint, academy=cast.house, seed=seed)
            assert form.item_count == wanted
            papers.add(tuple(form.slots.order_by("number").values_list("item_version", flat=True)))
        assert len(papers) == 50
    assert set(Blueprint.objects.values_list("slug", flat=True)) == {
        "security-foundations-full",
        "security-foundations-short",
    }


@pytest.mark.parametrize("name", [SECURITY, READING])
def test_a_pack_loads_and_loads_again(cast: Cast, name: str) -> None:
    count = len(pack(name).items)
    first = load_pack(name=name, academy=cast.house, actor=None, now=NOW)
    again = load_pack(name=name, academy=cast.house, actor=None, now=NOW)
    assert (first.items.new, again.items.same, again.forms) == (count, count, 0)
    assert Form.objects.filter(bank=first.bank).count() == len(pack(name).sheet.forms)
