"""The model of memory is that of the `fsrs` package; the choice of the day is ours."""

from datetime import UTC, date, datetime, time, timedelta

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from exams.practice.repetition.memory import Memory, Model, days_around, is_possible, quietest
from exams.practice.repetition.planning import plan_day, suggested_rating

DAY = date(2026, 3, 2)

# Ratings and the days between them → days to the next review (None: a step of minutes), computed with fsrs 6.3.2.
SCHEDULES: list[tuple[list[tuple[str, int]], list[int | None]]] = [
    ([("good", 0), ("good", 0), ("good", 2), ("good", 11), ("good", 46)], [None, 2, 11, 46, 163]),
    ([("easy", 0), ("good", 8), ("hard", 34)], [8, 39, 101]),
    ([("again", 0), ("good", 0), ("good", 0), ("again", 1), ("good", 0), ("good", 2)], [None, None, 1, None, 1, 1]),
    ([("hard", 0), ("hard", 0), ("good", 0), ("easy", 0)], [None, None, None, 2]),
]


def scheduled(reviews: list[tuple[str, int]], model: Model) -> list[int | None]:
    memory, on, found = Memory(), DAY, []
    for rating, days in reviews:
        on += timedelta(days=days)
        memory, wait = model.review(memory, rating=rating, on=on)
        found.append(wait.days if memory.state == "review" else None)
    return found


@pytest.mark.parametrize(("reviews", "expected"), SCHEDULES)
def test_schedules_are_those_of_a_fixed_table(reviews: list[tuple[str, int]], expected: list[int | None]) -> None:
    assert scheduled(reviews, Model()) == expected


RATINGS = st.sampled_from(["again", "hard", "good", "easy"])


@given(reviews=st.lists(st.tuples(RATINGS, st.integers(0, 60)), min_size=1, max_size=12))
def test_every_schedule_is_that_of_the_package(reviews: list[tuple[str, int]]) -> None:
    scheduler = fsrs.Scheduler(enable_fuzzing=False, maximum_interval=3650)
    card, at = fsrs.Card(card_id=1), datetime.combine(DAY, time(12), tzinfo=UTC)
    memory = Memory()
    for rating, days in reviews:
        at += timedelta(days=days)
        chance = scheduler.get_card_retrievability(card, at) if card.stability else None
        assert Model().retrievability(memory, on=at.date()) == chance
        card, _ = scheduler.review_card(card, fsrs.Rating[rating.title()], at)
        memory, wait = Model().review(memory, rating=rating, on=at.date())
        assert (memory.stability, memory.difficulty, memory.step) == (card.stability, card.difficulty, card.step)
        assert at + wait == card.due


def test_a_review_on_the_next_day_is_one_day_later_whatever_the_hour() -> None:
    """Late in the evening and early the next morning: the package alone would see the same day."""
    learnt, _ = Model().review(Memory(), rating="easy", on=DAY)
    assert Model().retrievability(learnt, on=DAY + timedelta(days=1)) < 1


def test_a_day_that_is_lived_through_twice_is_one_day() -> None:
    learnt, _ = Model().review(Memory(), rating="easy", on=DAY)
    again, wait = Model().review(learnt, rating="good", on=DAY - timedelta(days=1))
    assert (again.state, wait >= timedelta(days=1)) == ("review", True)


@given(days=st.integers(1, 4000), furthest=st.integers(1, 4000))
def test_no_choice_lies_behind_the_furthest_day(days: int, furthest: int) -> None:
    choices = days_around(days, furthest=furthest)
    assert 1 <= choices[0] <= choices[-1] <= furthest


@pytest.mark.parametrize(("days", "choices"), [(1, (1, 1)), (2, (2, 2)), (5, (4, 6)), (15, (13, 17)), (100, (93, 107))])
def test_the_range_is_that_by_which_the_package_blurs(days: int, choices: tuple[int, int]) -> None:
    around = days_around(days, furthest=3650)
    assert (around[0], around[-1]) == choices


def test_the_quietest_day_is_chosen_and_a_seed_decides_between_equals() -> None:
    assert quietest(range(4, 7), cards={4: 2, 5: 1, 6: 3}, seed="a") == 5
    drawn = {quietest(range(4, 7), cards={}, seed=str(seed)) for seed in range(50)}
    assert drawn == {4, 5, 6}
    assert quietest(range(4, 7), cards={}, seed="a") == quietest(range(4, 7), cards={}, seed="a")


def test_parameters_have_bounds() -> None:
    assert is_possible(DEFAULT_PARAMETERS)
    assert not is_possible((-1.0, *DEFAULT_PARAMETERS[1:]))
    assert not is_possible(DEFAULT_PARAMETERS[:20])


def plan(**fields: int | None) -> tuple[int, int, int | None]:
    found = plan_day(
        **{
            "due": 0,
            "new": 0,
            "seen": 0,
            "seen_new": 0,
            "daily_limit": 60,
            "new_per_day": 15,
            "days_left": None,
            **fields,
        }  # type: ignore[arg-type]
    )
    return found.due, found.new, found.needed_per_day


def test_what_is_due_comes_before_what_is_new() -> None:
    assert plan(due=50, new=100) == (50, 10, None)
    assert plan(due=80, new=100) == (60, 0, None)
    assert plan(due=10, new=100) == (10, 15, None)
    assert plan(due=10, new=100, seen=40, seen_new=14) == (10, 1, None)
    assert plan(due=10, new=100, seen=90) == (0, 0, None)


def test_with_an_exam_ahead_each_day_takes_its_share_of_the_new_ones() -> None:
    assert plan(due=80, new=100, days_left=5) == (40, 20, 36)
    # The share of the day is done, and the next one is not taken from it.
    assert plan(due=80, new=80, seen=20, seen_new=20, days_left=5) == (40, 0, 32)
    assert plan(due=0, new=5, days_left=10) == (0, 5, 1)


@given(new=st.integers(0, 500), days_left=st.integers(1, 40))
def test_all_is_seen_before_the_exam_where_the_limit_allows_it(new: int, days_left: int) -> None:
    for left in range(days_left, 0, -1):
        _, today, _ = plan(new=new, daily_limit=1000, days_left=left)
        new -= today
    assert new == 0


def test_an_answer_suggests_a_grade() -> None:
    suggested = [suggested_rating(fraction=f, seconds=s) for f, s in [(0, 5), (0.5, 5), (1, 120), (1, 30), (1, 3)]]
    assert suggested == ["again", "again", "hard", "good", "easy"]
