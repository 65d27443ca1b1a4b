"""How much a run measures."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Size:
    """Rounds, requests of a round, and how long the paced load lasts."""

    rounds: int
    autosaves: int
    lists: int
    starts: int
    submissions: int
    simulated_seconds: int
    few_requests: int
    many_requests: int
    imported_items: int
    bookmarks: int
    counted_answers: int
    # Marked answers behind what is measured, first and then.
    few_facts: int
    many_facts: int
    big_academy: int
    board_learners: int


FULL = Size(
    rounds=7,
    autosaves=1600,
    lists=400,
    starts=80,
    submissions=80,
    simulated_seconds=60,
    few_requests=2_000,
    many_requests=20_000,
    imported_items=50_000,
    bookmarks=10_000,
    counted_answers=1_000_000,
    few_facts=1_000_000,
    many_facts=20_000_000,
    big_academy=10_000,
    board_learners=1_000_000,
)
QUICK = Size(
    rounds=3,
    autosaves=800,
    lists=200,
    starts=40,
    submissions=40,
    simulated_seconds=10,
    few_requests=1_000,
    many_requests=4_000,
    imported_items=5_000,
    bookmarks=2_000,
    counted_answers=100_000,
    few_facts=100_000,
    many_facts=1_000_000,
    big_academy=1_000,
    board_learners=100_000,
)
