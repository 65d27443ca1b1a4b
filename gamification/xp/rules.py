"""What gives points: the one table. Study gives none, and nothing gives points twice.

Points come from what was learnt: items that were never right before, results better than the best, cards that were
recalled. What can be done again at will has a cap for each day of the learner's; what happens once gives once for
each exam or item.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from accounts.journal.events import Event
from exams.events import ItemReportUpheld, QuizFinished, ResultShown, ReviewsDone

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

FEWEST_ITEMS = 5
ACCURATE = Decimal("0.9")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`points` of an `event` that fulfils `when`. Either `a_day` is the cap, or `once_for` names what it is given once
    for: two limits at once would make what is given depend on the order in which events arrive.
    """

    code: str
    name: "StrPromise"
    event: type[Event]
    when: Callable[[Any], bool]
    points: Callable[[Any], int]
    a_day: int | None = None
    once_for: Callable[[Any], str] | None = None

    def __post_init__(self) -> None:
        if (self.a_day is None) == (self.once_for is None):
            msg = f"{self.code} needs one limit"
            raise TypeError(msg)


def _is_quiz(event: QuizFinished) -> bool:
    return event.items >= FEWEST_ITEMS


def _gain(event: ResultShown) -> Decimal:
    """How much better than the best before; nothing for the first result."""
    return Decimal(0) if event.best_before is None else Decimal(event.share) - Decimal(event.best_before)


_TABLE = (
    Rule(
        code="quiz_right",
        name=gettext_lazy("Questions right for the first time in a quiz"),
        event=QuizFinished,
        when=_is_quiz,
        points=lambda event: 2 * event.first_right,
        a_day=300,
    ),
    Rule(
        code="quiz_hard",
        name=gettext_lazy("Hard questions right for the first time"),
        event=QuizFinished,
        when=_is_quiz,
        points=lambda event: 3 * event.hard_right,
        a_day=150,
    ),
    Rule(
        code="quiz_accuracy",
        name=gettext_lazy("A quiz with new questions, nine of ten right"),
        event=QuizFinished,
        when=lambda event: event.first_right >= FEWEST_ITEMS and event.right >= ACCURATE * event.items,
        points=lambda _event: 15,
        a_day=45,
    ),
    Rule(
        code="exam_right",
        name=gettext_lazy("Questions right for the first time in an exam"),
        event=ResultShown,
        when=lambda event: event.first_right > 0,
        points=lambda event: 3 * event.first_right,
        a_day=600,
    ),
    Rule(
        code="exam_improved",
        name=gettext_lazy("A better result than your best"),
        event=ResultShown,
        when=lambda event: _gain(event) > 0,
        points=lambda event: int(100 * _gain(event)),
        a_day=100,
    ),
    Rule(
        code="exam_first_pass",
        name=gettext_lazy("An exam passed for the first time"),
        event=ResultShown,
        when=lambda event: event.is_first_pass,
        points=lambda _event: 100,
        once_for=lambda event: str(event.exam_id),
    ),
    Rule(
        code="reviews_recalled",
        name=gettext_lazy("Cards recalled"),
        event=ReviewsDone,
        when=lambda event: event.recalled > 0,
        points=lambda event: event.recalled,
        a_day=100,
    ),
    Rule(
        code="queue_emptied",
        name=gettext_lazy("Every card of the day reviewed"),
        event=ReviewsDone,
        when=lambda event: event.is_queue_empty and event.recalled >= FEWEST_ITEMS,
        points=lambda _event: 10,
        a_day=10,
    ),
    Rule(
        code="report_upheld",
        name=gettext_lazy("A mistake in a question that you found"),
        event=ItemReportUpheld,
        when=lambda _event: True,
        points=lambda _event: 20,
        once_for=lambda event: str(event.item_id),
    ),
)

RULES: Mapping[str, Rule] = {rule.code: rule for rule in _TABLE}
EVENTS: tuple[type[Event], ...] = tuple(dict.fromkeys(rule.event for rule in _TABLE))


def worth_of(event: Event) -> Iterator[tuple[Rule, int]]:
    """The rules that an event fulfils, and what each of them gives before its cap."""
    for rule in _TABLE:
        if isinstance(event, rule.event) and rule.when(event) and (points := rule.points(event)) > 0:
            yield rule, points


def amounts(rule: Rule, worths: list[int]) -> list[int]:
    """What the cap leaves of each of these, which stand in the order of the journal and share it."""
    left = rule.a_day if rule.a_day is not None else worths[0] if worths else 0
    given = []
    for at, worth in enumerate(worths):
        amount = min(worth, left) if rule.a_day is not None else (worth if at == 0 else 0)
        left -= amount
        given.append(amount)
    return given
