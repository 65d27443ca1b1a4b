"""Raw scores on a scale."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.formats.conversion import Conversion

SCORE = Conversion(minimum=Decimal(100), maximum=Decimal(900), step=Decimal(1))
BANDS = Conversion(
    minimum=Decimal(1),
    maximum=Decimal(9),
    step=Decimal("0.5"),
    table=((Decimal(0), Decimal(1)), (Decimal(50), Decimal("5.5")), (Decimal("97.5"), Decimal(9))),
)


def scaled(conversion, raw, raw_max):
    return conversion.scaled(raw=Decimal(str(raw)), raw_max=Decimal(str(raw_max)))


@pytest.mark.parametrize(
    ("raw", "raw_max", "expected"),
    [
        (0, 60, 100),
        (60, 60, 900),
        (30, 60, 500),
        (45, 60, 700),
        (44.95, 60, 699),  # 699.33
        (1, 1600, 101),  # 100.5: half goes up
        (3, 1600, 102),  # 101.5: up again, not to the even neighbour
        (1, 1601, 100),
    ],
)
def test_linear_scale_is_spread_evenly_and_rounded_half_up(raw, raw_max, expected):
    assert scaled(SCORE, raw, raw_max) == expected


@pytest.mark.parametrize(("raw", "expected"), [(0, 1), ("19.99", 1), (20, "5.5"), (38.9, "5.5"), (39, 9), (40, 9)])
def test_each_row_of_a_table_holds_up_to_the_next(raw, expected):
    assert scaled(BANDS, raw, 40) == Decimal(expected)


def test_below_the_first_row_of_a_table_counts_the_minimum():
    late = Conversion(minimum=Decimal(1), maximum=Decimal(9), step=Decimal(1), table=((Decimal(50), Decimal(5)),))
    assert scaled(late, 4, 10) == 1
    assert scaled(late, 5, 10) == 5


def test_steps_are_counted_from_the_minimum():
    halves = Conversion(minimum=Decimal(1), maximum=Decimal(9), step=Decimal("0.5"))
    assert scaled(halves, 1, 32) == Decimal("1.5")  # 1.25
    assert scaled(halves, 1, 33) == 1


def test_full_marks_reach_the_maximum_though_no_step_ends_there():
    uneven = Conversion(minimum=Decimal(0), maximum=Decimal(10), step=Decimal(3))
    assert scaled(uneven, 10, 10) == 10
    assert scaled(uneven, 9, 10) == 9


@pytest.mark.parametrize("conversion", [SCORE, BANDS])
def test_a_form_that_is_worth_nothing_gives_the_minimum(conversion):
    assert scaled(conversion, 0, 0) == conversion.minimum


@given(
    low=st.integers(-500, 500),
    width=st.integers(1, 1000),
    step=st.sampled_from(["0.01", "0.1", "0.25", "0.5", "1", "3", "10"]),
    raw_max=st.integers(1, 500),
    data=st.data(),
)
def test_more_marks_never_give_a_lower_score_and_none_leaves_the_scale(low, width, step, raw_max, data):
    conversion = Conversion(minimum=Decimal(low), maximum=Decimal(low + width), step=Decimal(step))
    marks = st.decimals(0, raw_max, places=4)
    less, more = sorted([data.draw(marks), data.draw(marks)])
    lower, higher = (conversion.scaled(raw=raw, raw_max=Decimal(raw_max)) for raw in (less, more))
    assert conversion.minimum <= lower <= higher <= conversion.maximum
    assert conversion.scaled(raw=Decimal(0), raw_max=Decimal(raw_max)) == conversion.minimum
    assert conversion.scaled(raw=Decimal(raw_max), raw_max=Decimal(raw_max)) == conversion.maximum
