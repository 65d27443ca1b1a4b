"""What the queue of reviews costs a learner who has gathered very many cards."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from random import Random

from django.utils import timezone

from academies.models import Membership
from exams.bank.models import Item
from exams.practice.repetition.models import ReviewCard
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import interleave
from tests.benchmarks.load import request_of
from tests.benchmarks.world import make_academy, settle, signed_in
from tests.factories.exams import make_bank, make_plain_items

FEW, MANY = 100, 10_000


def measure_reviews(bench: Bench) -> None:
    """The queue and the day's numbers of a learner with 100 cards and of one with 10,000, a tenth of them due."""
    academy, (some, lots) = make_academy("reviews", learners=2)
    bank = make_bank(academy, is_open_to_practice=True)
    make_plain_items(bank, MANY)
    items = list(bank.items.all())
    for learner, count in ((some, FEW), (lots, MANY)):
        _make_cards(learner, items[:count])
    settle()

    def asking(learner: Membership, path: str) -> Callable[[int], Iterable[bytes]]:
        request = request_of("GET", f"/api/v1/academies/reviews/practice/reviews/{path}", headers=signed_in(learner))
        # A queue costs several times what a list does.
        return lambda _: (request for _ in range(bench.size.lists // 4))

    bare, few, many, few_numbers, many_numbers = interleave(
        [
            bench.bare_variant(),
            bench.variant(f"review queue, {FEW} cards", asking(some, "")),
            bench.variant(f"review queue, {MANY:,} cards", asking(lots, "")),
            bench.variant(f"review day in numbers, {FEW} cards", asking(some, "today/")),
            bench.variant(f"review day in numbers, {MANY:,} cards", asking(lots, "today/")),
        ],
        rounds=bench.size.rounds,
    )
    bench.report.add_costs(bare)
    for costs in (few, many, few_numbers, many_numbers):
        bench.report.add_costs(costs, bare=bare)
    bench.report.add_ratio(f"review queue, {FEW} → {MANY:,} cards: CPU", many.ratio_to(few), most=2, unit="×")


def _make_cards(learner: Membership, items: list[Item]) -> None:
    chance, now = Random(7), timezone.now()
    states = ReviewCard.State
    ReviewCard.objects.bulk_create(
        [
            ReviewCard(
                academy=learner.academy,
                learner=learner.user,
                item=item,
                reason=ReviewCard.Reason.MISSED,
                state=states.NEW if number % 10 == 0 else states.REVIEW,
                stability=chance.uniform(1, 200),
                difficulty=5,
                due_at=now + timedelta(days=chance.uniform(-10, 90)),
                reviewed_on=now.date() - timedelta(days=chance.randint(1, 60)),
                reviews=3,
            )
            for number, item in enumerate(items)
        ],
        batch_size=2000,
    )
