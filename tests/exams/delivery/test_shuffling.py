"""The order in which an attempt shows items and options."""

from random import Random

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from exams.delivery.models import Attempt
from exams.delivery.paper import PaperSlot, paper_of
from exams.delivery.shuffling import _disordered, order_options, order_slots
from exams.formats.assembly import SectionPlan, make_form
from tests.exams.clients import Browser
from tests.factories.exams import (
    NOW,
    make_bank,
    make_conversion,
    make_delivery,
    make_item,
    make_one_of_each,
    make_stimulus,
    start,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(cast):
    """Two sections of six: three items of one passage, two of another, one alone, in each."""
    bank = make_bank(cast.harbour.academy)
    for code in ("P1", "P2", "P3", "P4"):
        make_stimulus(bank, code)
    passages = ["P1", "P1", "P1", "P2", "P2", None, "P3", "P3", "P3", "P4", "P4", None]
    items = [make_item(bank, f"I-{number}", stimulus=code) for number, code in enumerate(passages)]
    form = make_form(
        academy=cast.harbour.academy,
        bank=bank,
        title="Passages",
        conversion=make_conversion(cast.harbour.academy),
        sections=[SectionPlan(title="1", item_versions=items[:6]), SectionPlan(title="2", item_versions=items[6:])],
    )
    return paper_of(form.pk)


def test_sections_keep_their_place_and_passages_stay_together_in_order(paper):
    orders = set()
    for seed in range(60):
        order = order_slots(paper=paper, seed=seed, shuffle=True)
        assert set(order[:6]) == {1, 2, 3, 4, 5, 6}
        assert set(order[6:]) == {7, 8, 9, 10, 11, 12}
        for passage in ([1, 2, 3], [4, 5], [7, 8, 9], [10, 11]):
            place = order.index(passage[0])
            assert order[place : place + len(passage)] == passage
        orders.add(tuple(order))
    assert len(orders) > 10


def test_without_shuffling_the_form_keeps_its_order(paper):
    assert order_slots(paper=paper, seed=1, shuffle=False) == list(range(1, 13))
    assert order_options(paper=paper, seed=1, shuffle=False) == {}


def test_the_same_seed_gives_the_same_order(paper):
    assert order_slots(paper=paper, seed=9, shuffle=True) == order_slots(paper=paper, seed=9, shuffle=True)
    assert order_options(paper=paper, seed=9, shuffle=True) == order_options(paper=paper, seed=9, shuffle=True)


def test_options_move_where_their_order_says_nothing(cast):
    paper = paper_of(make_one_of_each(cast.harbour.academy).pk)
    orders = order_options(paper=paper, seed=3, shuffle=True)
    shuffled = {paper.slots[int(slot) - 1].type for slot in orders}
    assert shuffled == {"single_choice", "multiple_choice", "matching", "ordering"}
    for slot, order in orders.items():
        assert sorted(order) == sorted(option["id"] for option in paper.slots[int(slot) - 1].question["options"])


@pytest.mark.parametrize("shuffle", [True, False])
def test_what_is_to_be_put_in_order_never_starts_in_its_right_order(cast, shuffle):
    bank = make_bank(cast.harbour.academy)
    items = [
        make_item(
            bank,
            f"O-{count}",
            type="ordering",
            options=[{"id": f"s{number}", "text": f"Step {number}"} for number in range(count)],
        )
        for count in (2, 3)
    ]
    form = make_form(
        academy=cast.harbour.academy,
        bank=bank,
        title="Orders",
        conversion=make_conversion(cast.harbour.academy),
        sections=[SectionPlan(title="1", item_versions=items)],
    )
    paper = paper_of(form.pk)
    for seed in range(100):
        orders = order_options(paper=paper, seed=seed, shuffle=shuffle)
        for slot in paper.slots:
            assert orders[str(slot.number)] != slot.key["order"]


def test_the_order_is_recorded_and_shown_again_on_another_device(cast, api):
    delivery = make_delivery(make_one_of_each(cast.harbour.academy), shuffle_items=True, shuffle_options=True)
    attempt = start(delivery, cast.harbour.learner.membership)
    path = f"/api/v1/academies/harbour/attempts/{attempt.pk}/sitting/"
    with time_machine.travel(NOW, tick=False):
        first, second = (api(cast.harbour.learner).get(path).json() for _ in range(2))
    assert first["items"] == second["items"]
    recorded = Attempt.objects.get(pk=attempt.pk)
    assert [item["slot"] for item in first["items"]] == recorded.slot_order
    assert [item["position"] for item in first["items"]] == list(range(1, 9))
    for item in first["items"]:
        if order := recorded.option_orders.get(str(item["slot"])):
            assert [option["id"] for option in item["question"]["options"]] == order


def test_answers_go_by_slot_wherever_the_item_is_shown(cast):
    delivery = make_delivery(make_one_of_each(cast.harbour.academy), shuffle_items=True)
    attempt = start(delivery, cast.harbour.learner.membership)
    with time_machine.travel(NOW, tick=False):
        assert Browser.of(attempt).answer(1, {"choice": "a"}).status_code == 200
    assert attempt.responses.get().slot == 1


@given(seed=st.integers(0, 2**62), count=st.integers(2, 8))
def test_disordering_changes_something_for_any_seed(seed, count):
    right = [f"o{number}" for number in range(count)]
    slot = PaperSlot(
        number=1, section=0, item=None, version=None, domain="", type="ordering", points=1, scoring="partial",
        stimulus=None, stem_html="", question={}, key={"order": right}, rationale={},
    )  # fmt: skip
    found = _disordered(slot, Random(seed))
    assert found != right
    assert sorted(found) == sorted(right)
