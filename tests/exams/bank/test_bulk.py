"""Many items at once: what is new, changed and the same, and how few statements that takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from exams.bank.actions import move_version
from exams.bank.bulk import Tally, apply_items, tally_items
from exams.bank.content import AuthoredItem, parse_item
from exams.bank.models import Item, ItemBank, ItemVersion
from exams.bank.references import References
from tests.cast import Cast
from tests.factories.exams import OPTIONS, make_bank

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def bank(cast: Cast) -> ItemBank:
    return make_bank(cast.harbour.academy)


def authored(number: int, **fields: Any) -> AuthoredItem:
    source = {
        "code": f"A-{number}",
        "domain": "1",
        "type": "single_choice",
        "stem": f"Question {number}?",
        "options": OPTIONS,
    }
    return parse_item({**source, **fields})


def load(bank: ItemBank, *items: AuthoredItem, state: str = "draft") -> tuple[int, int, int]:
    planned = tally_items(bank=bank, items=items, references=References.of(bank), state=state)
    with transaction.atomic():
        tally = apply_items(bank=bank, items=items, references=References.of(bank), state=state, actor=None, now=NOW)
    assert planned == tally
    return numbers(tally)


def numbers(tally: Tally) -> tuple[int, int, int]:
    return tally.new, tally.changed, tally.same


def states(bank: ItemBank) -> list[tuple[str, int, str]]:
    rows = ItemVersion.objects.filter(item__bank=bank).order_by("item__code", "number")
    return [(version.item.code, version.number, version.state) for version in rows.select_related("item")]


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as captured:
        yield captured


def test_the_same_again_changes_nothing(bank: ItemBank) -> None:
    items = [authored(number) for number in range(3)]
    assert load(bank, *items) == (3, 0, 0)
    assert load(bank, *items) == (0, 0, 3)
    assert states(bank) == [("A-0", 1, "draft"), ("A-1", 1, "draft"), ("A-2", 1, "draft")]
    assert not Item.objects.live().exists()


def test_live_items_are_drawn_at_once_and_followed_by_the_next(bank: ItemBank) -> None:
    assert load(bank, authored(0), authored(1), state="live") == (2, 0, 0)
    assert load(bank, authored(0, stem="Else?"), authored(1), state="live") == (0, 1, 1)
    assert states(bank) == [("A-0", 1, "retired"), ("A-0", 2, "live"), ("A-1", 1, "live")]
    assert set(Item.objects.live().values_list("live_version__stem", flat=True)) == {"Else?", "Question 1?"}


def test_a_changed_draft_leaves_the_live_version_alone(bank: ItemBank) -> None:
    load(bank, authored(0), state="live")
    assert load(bank, authored(0, stem="Else?")) == (0, 1, 0)
    assert states(bank) == [("A-0", 1, "live"), ("A-0", 2, "draft")]
    assert load(bank, authored(0)) == (0, 0, 1)
    assert load(bank, authored(0, stem="Else?")) == (0, 0, 1)


def test_a_waiting_draft_is_taken_live(bank: ItemBank) -> None:
    load(bank, authored(0), state="live")
    load(bank, authored(0, stem="Else?"))
    assert load(bank, authored(0, stem="Else?"), state="live") == (0, 1, 0)
    assert states(bank) == [("A-0", 1, "retired"), ("A-0", 2, "live")]
    assert Item.objects.get().live_version.number == 2


@pytest.mark.parametrize("state", ["quarantined", "retired"])
def test_what_was_taken_out_stays_out(bank: ItemBank, state: str) -> None:
    load(bank, authored(0), state="live")
    move_version(version=ItemVersion.objects.get(), to=state, actor=None, now=NOW)
    assert load(bank, authored(0), state="live") == (0, 0, 1)
    assert states(bank) == [("A-0", 1, state)]


def test_a_new_place_is_a_change_without_a_version(bank: ItemBank) -> None:
    load(bank, authored(0), authored(1))
    assert load(bank, authored(0, domain="2", tags=["x"]), authored(1)) == (0, 1, 1)
    item = Item.objects.get(code="A-0")
    assert (item.domain.code, item.tags, item.versions.count()) == ("2", ["x"], 1)


def test_a_batch_takes_as_many_statements_however_many_items_change(bank: ItemBank) -> None:
    def statements(count: int) -> list[int]:
        taken = []
        for stem in ("First", "Second"):
            items = [authored(number, stem=f"{stem} {number}?", code=f"N{count}-{number}") for number in range(count)]
            references = References.of(bank)
            with transaction.atomic(), counted() as captured:
                apply_items(bank=bank, items=items, references=references, state="live", actor=None, now=NOW)
            taken.append(len(captured))
        return taken

    assert statements(2) == statements(200)
    assert max(statements(20)) <= 8


def test_items_are_applied_in_a_transaction_or_not_at_all(bank: ItemBank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "in_atomic_block", False)
    with pytest.raises(TransactionManagementError):
        apply_items(bank=bank, items=[], references=References.of(bank), state="draft", actor=None, now=NOW)
    monkeypatch.undo()


def test_batches_follow_each_other(bank: ItemBank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exams.bank.bulk.BATCH", 3)
    assert load(bank, *(authored(number) for number in range(10))) == (10, 0, 0)
    assert load(bank, *(authored(number) for number in range(8, 12)), state="live") == (2, 2, 0)
    assert Item.objects.live().count() == 4
