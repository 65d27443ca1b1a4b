"""Who moves up and who moves down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gamification.leagues.models import Tier
from gamification.leagues.ranking import moves, next_tier, rank_of_all


def outcomes(points: list[int], tier: int = Tier.GOLD) -> list[str]:
    return [row.outcome for row in rank_of_all(dict(enumerate(points)), tier=tier)]


@pytest.mark.parametrize(("size", "many"), [(1, 0), (2, 0), (3, 1), (8, 1), (10, 2), (15, 2), (24, 4), (30, 5)])
def test_small_leagues_move_fewer(size, many):
    assert moves(size) == many


def test_five_of_thirty_move_at_each_end():
    found = outcomes(list(range(300, 0, -10)))
    assert found == ["promoted"] * 5 + ["stayed"] * 20 + ["relegated"] * 5


def test_equals_of_the_last_to_move_up_move_up_and_equals_of_the_last_to_stay_stay():
    assert outcomes([50, 40, 40, 30, 20, 20]) == ["promoted", "stayed", "stayed", "stayed", "stayed", "stayed"]
    assert outcomes([40, 40, 40, 30, 20, 10]) == ["promoted"] * 3 + ["stayed", "stayed", "relegated"]


def test_nobody_leaves_the_scale():
    points = list(range(30, 0, -1))
    assert "relegated" not in outcomes(points, Tier.BRONZE)
    assert "promoted" not in outcomes(points, Tier.DIAMOND)


def test_equal_points_have_equal_ranks():
    rows = rank_of_all(dict(enumerate([9, 8, 8, 7])), tier=Tier.GOLD)
    assert [row.rank for row in rows] == [1, 2, 2, 4]


@given(st.lists(st.integers(1, 40), max_size=30), st.sampled_from(Tier))
def test_who_has_as_much_fares_as_well_and_who_has_more_no_worse(points, tier):
    points.sort(reverse=True)
    rows = rank_of_all(dict(enumerate(points)), tier=tier)
    after = [next_tier(tier, row.outcome) for row in rows]
    assert after == sorted(after, reverse=True)
    assert len({(row.points, row.outcome) for row in rows}) == len(set(points))
    assert all(tier in Tier for tier in after)
