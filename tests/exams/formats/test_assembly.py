"""Forms from blueprints, and what of both an academy may use."""

import pytest

from exams.bank.actions import move_version
from exams.formats.assembly import BlueprintNotFillable, SectionPlan, assemble_form, make_form
from exams.formats.models import Blueprint, Form, Section
from tests.exams.statements import Statements
from tests.factories.exams import (
    NOW,
    make_bank,
    make_blueprint,
    make_conversion,
    make_form_of,
    make_item,
    make_plain_items,
    make_stimulus,
)

pytestmark = pytest.mark.django_db


def codes_of(form):
    return [slot.item_version.item.code for slot in form.slots.select_related("item_version__item")]


@pytest.fixture
def bank(cast):
    return make_bank(cast.harbour.academy)


def test_assembled_form_has_the_sections_and_counts_of_its_blueprint(cast, bank):
    make_plain_items(bank, 30)
    blueprint = make_blueprint(
        bank, [("1", "", "", 4), ("2", "easy", "", 2)], [("2", "", "single_choice", 5)], time_limit_seconds=1800
    )
    form = assemble_form(blueprint=blueprint, academy=cast.harbour.academy, seed=11, title="Mock")

    assert (form.title, form.seed, form.item_count, form.raw_max) == ("Mock", 11, 11, 11)
    assert form.time_limit_seconds == 1800
    sections = [(row.title, row.first_slot, row.last_slot) for row in Section.objects.filter(form=form)]
    assert sections == [("Part 1", 1, 6), ("Part 2", 7, 11)]
    slots = list(form.slots.select_related("item_version", "domain"))
    assert sorted(slot.domain.code for slot in slots[:6]) == ["1", "1", "1", "1", "2", "2"]
    assert {slot.domain.code for slot in slots[6:]} == {"2"}
    assert sum(slot.domain.code == "2" and slot.item_version.difficulty == "easy" for slot in slots[:6]) == 2


def test_same_seed_gives_the_same_form_again(cast, bank):
    make_plain_items(bank, 30)
    blueprint = make_blueprint(bank, [("1", "", "", 5), ("2", "", "", 5)])
    forms = [assemble_form(blueprint=blueprint, academy=cast.harbour.academy, seed=seed) for seed in (5, 5, 6)]
    assert codes_of(forms[0]) == codes_of(forms[1]) != codes_of(forms[2])


def test_only_live_items_are_drawn(cast, bank):
    first, second = make_item(bank, "IN"), make_item(bank, "OUT")
    move_version(version=second, to="quarantined", actor=None, now=NOW)
    blueprint = make_blueprint(bank, [("1", "", "", 1)])
    assert codes_of(assemble_form(blueprint=blueprint, academy=cast.harbour.academy, seed=1)) == ["IN"]
    move_version(version=first, to="retired", actor=None, now=NOW)
    with pytest.raises(BlueprintNotFillable):
        assemble_form(blueprint=blueprint, academy=cast.harbour.academy, seed=1)


def test_items_of_a_passage_stay_together(cast, bank):
    for code in ("P1", "P2"):
        make_stimulus(bank, code)
    for number in range(4):
        make_item(bank, f"A-{number}", stimulus="P1")
        make_item(bank, f"B-{number}", stimulus="P2")
        make_item(bank, f"C-{number}")
    blueprint = make_blueprint(bank, [("1", "", "", 12)])
    for seed in range(5):
        codes = codes_of(assemble_form(blueprint=blueprint, academy=cast.harbour.academy, seed=seed))
        for letter in "AB":
            start = codes.index(f"{letter}-0")
            assert codes[start : start + 4] == [f"{letter}-{number}" for number in range(4)]


def test_what_the_bank_lacks_is_named_by_cell(cast, bank):
    make_item(bank, "ONE")
    blueprint = make_blueprint(bank, [("1", "", "", 3), ("2", "hard", "matching", 2)])
    with pytest.raises(BlueprintNotFillable) as refusal:
        assemble_form(blueprint=blueprint, academy=cast.harbour.academy, seed=1)
    assert [(error.field, error.code, error.detail) for error in refusal.value.errors] == [
        ("cells.0", "too_few_items", "1 Domain 1 needs 3, 2 missing."),
        ("cells.1", "too_few_items", "2 Domain 2 hard matching needs 2, 2 missing."),
    ]
    assert not Form.objects.exists()


def test_a_section_that_asks_for_nothing_is_named(cast, bank):
    make_item(bank, "ONE")
    with pytest.raises(BlueprintNotFillable) as refusal:
        assemble_form(blueprint=make_blueprint(bank, [("1", "", "", 1)], []), academy=cast.harbour.academy, seed=1)
    assert [error.field for error in refusal.value.errors] == ["sections.1"]
    with pytest.raises(BlueprintNotFillable):
        assemble_form(blueprint=make_blueprint(bank), academy=cast.harbour.academy, seed=1)


def test_form_pins_the_version_that_was_live(cast, bank):
    old = make_item(bank, "ONE")
    form = make_form_of([old])
    make_item(bank, "ONE", stem="A better wording?")
    assert form.slots.get().item_version_id == old.pk


def test_making_a_form_takes_as_many_statements_for_any_length(cast, bank):
    counts = []
    for length in (10, 200):
        versions = make_plain_items(bank, length, prefix=f"L{length}")
        conversion = make_conversion(cast.harbour.academy, name=f"{length}")
        with Statements() as statements:
            make_form(
                academy=cast.harbour.academy,
                bank=bank,
                title="Long",
                conversion=conversion,
                sections=[SectionPlan(title="All", item_versions=versions)],
            )
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 5


def test_academy_uses_its_own_blueprints_and_those_the_house_shares(cast):
    own = make_blueprint(make_bank(cast.harbour.academy))
    foreign = make_blueprint(make_bank(cast.meridian.academy, is_shared=True))
    shared = make_blueprint(make_bank(cast.house, slug="shared", is_shared=True))
    private = make_blueprint(make_bank(cast.house, slug="private"))
    usable = set(Blueprint.objects.usable_by(cast.harbour.academy))
    assert usable == {own, shared}
    assert foreign not in usable
    assert private not in usable
