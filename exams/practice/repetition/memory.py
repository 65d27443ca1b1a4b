"""How memory is modelled: FSRS-6, counted in whole days of the learner's own calendar. Pure.

The model and its steps are those of the `fsrs` package. Only the choice of the day is ours: within the range by which
FSRS blurs an interval, the day with the fewest cards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random

import fsrs
from fsrs.scheduler import DEFAULT_PARAMETERS, FUZZ_RANGES

# Without an exam ahead, nothing is put off for longer than this.
LONGEST_DAYS = 3650
# Shorter intervals are not blurred (`fsrs.scheduler`).
_SHORTEST_BLURRED = 2.5

_RATINGS = {
    "again": fsrs.Rating.Again,
    "hard": fsrs.Rating.Hard,
    "good": fsrs.Rating.Good,
    "easy": fsrs.Rating.Easy,
}
_STATES = {
    "new": fsrs.State.Learning,
    "learning": fsrs.State.Learning,
    "review": fsrs.State.Review,
    "relearning": fsrs.State.Relearning,
}
_NAMES = {fsrs.State.Learning: "learning", fsrs.State.Review: "review", fsrs.State.Relearning: "relearning"}


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What is known of how well something is remembered. `state` is one of `ReviewCard.State`."""

    state: str = "new"
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    reviewed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Model:
    """FSRS with one learner's parameters. Two with the same numbers are the same."""

    parameters: tuple[float, ...] = DEFAULT_PARAMETERS
    desired_retention: float = 0.9

    def review(self, memory: Memory, *, rating: str, on: date) -> tuple[Memory, timedelta]:
        """The memory after a review on a day, and when the next one is ideal: whole days for the state `review`."""
        at = _noon(on)
        card, _ = self._scheduler.review_card(_card(memory, on=on), _RATINGS[rating], at)
        after = Memory(
            state=_NAMES[card.state],
            step=card.step,
            stability=card.stability,
            difficulty=card.difficulty,
            reviewed_on=on,
        )
        return after, card.due - at

    def retrievability(self, memory: Memory, *, on: date) -> float | None:
        """The chance of recalling it on a day; None before the first review."""
        if memory.stability is None:
            return None
        return float(self._scheduler.get_card_retrievability(_card(memory, on=on), _noon(on)))

    def replay(self, reviews: Sequence[tuple[str, date]]) -> tuple[Memory, timedelta]:
        """The memory after all of these reviews (rating, day), and the ideal wait after the last."""
        memory, wait = Memory(), timedelta(0)
        for rating, on in reviews:
            memory, wait = self.review(memory, rating=rating, on=on)
        return memory, wait

    @property
    def _scheduler(self) -> fsrs.Scheduler:
        return _scheduler(self.parameters, self.desired_retention)


def is_possible(parameters: Sequence[float]) -> bool:
    """Whether FSRS takes these parameters: each has its bounds."""
    try:
        fsrs.Scheduler(parameters=parameters)
    except ValueError:
        return False
    return True


def days_around(days: int, *, furthest: int) -> range:
    """The days to choose from instead of `days`, as FSRS blurs an interval, none behind `furthest`."""
    days = min(days, furthest)
    if days < _SHORTEST_BLURRED:
        return range(days, days + 1)
    delta = 1.0 + sum(each["factor"] * max(min(float(days), each["end"]) - each["start"], 0.0) for each in FUZZ_RANGES)
    last = min(round(days + delta), furthest)
    return range(min(max(2, round(days - delta)), last), last + 1)


def quietest(days: Sequence[int], *, cards: Mapping[int, int], seed: str) -> int:
    """The day with the fewest cards; among equals one that the seed decides."""
    draw = Random(seed)
    return min(days, key=lambda day: (cards.get(day, 0), draw.random()))


@lru_cache(maxsize=512)
def _scheduler(parameters: tuple[float, ...], desired_retention: float) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        parameters=parameters,
        desired_retention=desired_retention,
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


def _card(memory: Memory, *, on: date) -> fsrs.Card:
    # Somebody who travels east to west may live through a day twice.
    last = None if memory.reviewed_on is None else _noon(min(memory.reviewed_on, on))
    return fsrs.Card(
        card_id=0,
        state=_STATES[memory.state],
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_noon(on),
        last_review=last,
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
