"""The queue of the day: what waits, how much of it is for today, and in which order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from academies.models import Academy, Membership
from accounts.identity.zones import today_in
from accounts.models import Profile
from exams.practice.repetition.memory import Memory, days_around, quietest
from exams.practice.repetition.models import ReviewCard, ReviewLog, ReviewSettings
from exams.practice.repetition.planning import DayPlan, plan_day
from exams.practice.repetition.querysets import LEARN_AHEAD
from exams.practice.repetition.terms import Terms, date_ahead, days_until

# Cards that one answer of the API carries: the learner sees one at a time.
SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Today:
    """A learner's day. `learning` are in their steps; `plan` is what else is for today; `done` cards were reviewed."""

    learning: int
    plan: DayPlan
    done: int
    tomorrow: int

    @property
    def left(self) -> int:
        """The cards that are still to come."""
        return self.learning + self.plan.cards


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a grade makes of a card."""

    memory: Memory
    due_at: datetime


def today_of(member: Membership, *, terms: Terms, now: datetime) -> Today:
    """What is left of the learner's day. Two statements."""
    cards = ReviewCard.objects.of_learner(member).showable(member.academy)
    waiting = cards.aggregate(
        **_waiting(now),
        tomorrow=Count("id", filter=~Q(state=ReviewCard.State.NEW) & Q(due_at__gt=now, due_at__lt=terms.midnight(2))),
    )
    logs = ReviewLog.objects.of_learner(member).standing()
    seen = logs.on(terms.today, now=now).aggregate(**_SEEN)
    plan = _plan(waiting, seen, settings=terms.settings, days_left=terms.days_left)
    return Today(learning=waiting["learning"], plan=plan, done=seen["seen"], tomorrow=waiting["tomorrow"])


def cards_left(academy: Academy, members: Iterable[Membership], *, now: datetime) -> dict[UUID, int]:
    """Learner → how many cards are still to come today, as `today_of` says; who has none is missing.

    Wants `user` of the members. Four statements, however many they are.
    """
    days = {member.user_id: today_in(member.user.time_zone, now=now) for member in members}
    cards = ReviewCard.objects.for_academy(academy).filter(learner__in=days).showable(academy)
    logs = ReviewLog.objects.for_academy(academy).filter(learner__in=days).standing()
    lived = logs.on_any(set(days.values()), now=now).order_by().values("learner", "local_date")
    by_day: Iterable[Any] = lived.annotate(**_SEEN)
    seen = {row["learner"]: row for row in by_day if row["local_date"] == days[row["learner"]]}
    settings = {each.learner_id: each for each in ReviewSettings.objects.for_academy(academy).filter(learner__in=days)}
    profile_dates = dict(Profile.objects.filter(user__in=days).values_list("user", "target_date"))
    left: dict[UUID, int] = {}
    by_learner: Iterable[Any] = cards.order_by().values("learner").annotate(**_waiting(now))
    for waiting in by_learner:
        learner = waiting["learner"]
        own, today = settings.get(learner) or ReviewSettings(), days[learner]
        target_date = date_ahead(own, profile_date=profile_dates.get(learner), today=today)
        days_left = days_until(target_date, today=today)
        plan = _plan(waiting, seen.get(learner, _NOTHING_SEEN), settings=own, days_left=days_left)
        left[learner] = waiting["learning"] + plan.cards
    return {learner: cards for learner, cards in left.items() if cards}


def next_cards(member: Membership, *, today: Today, terms: Terms, now: datetime) -> list[ReviewCard]:
    """The next cards: those in their steps, then the most forgotten, then new ones, then steps that are close."""
    cards = ReviewCard.objects.of_learner(member).showable(member.academy)
    cards = cards.select_related("item__live_version__stimulus")
    steps = cards.in_learning(until=now + LEARN_AHEAD).order_by("due_at", "id")
    sources = (
        (steps.filter(due_at__lte=now), today.learning),
        (cards.due(now=now).most_forgotten_first(today=terms.today), today.plan.due),
        (cards.new().order_by("created_at", "id"), today.plan.new),
        (steps.filter(due_at__gt=now), today.learning),
    )
    found: list[ReviewCard] = []
    for rows, most in sources:
        if room := min(most, SHOWN - len(found)):
            found += rows[:room]
    return found


def outcomes_of(card: ReviewCard, *, ratings: tuple[str, ...], terms: Terms, now: datetime) -> Mapping[str, Outcome]:
    """What each of these grades would make of the card now. One statement where a day is to be chosen."""
    results = {rating: terms.model.review(memory_of(card), rating=rating, on=terms.today) for rating in ratings}
    choices = {
        rating: days_around(wait.days, furthest=terms.furthest)
        for rating, (memory, wait) in results.items()
        if memory.state == ReviewCard.State.REVIEW
    }
    cards = _cards_by_day(card, terms, choices)
    seed = f"{card.pk} {card.reviews}"
    return {
        rating: Outcome(
            memory=memory,
            due_at=terms.midnight(quietest(choices[rating], cards=cards, seed=seed))
            if rating in choices
            else now + wait,
        )
        for rating, (memory, wait) in results.items()
    }


def memory_of(card: ReviewCard) -> Memory:
    """What the card knows."""
    return Memory(
        state=card.state,
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        reviewed_on=card.reviewed_on,
    )


_SEEN: Mapping[str, Count] = {
    "seen": Count("card", distinct=True),
    "seen_new": Count("card", distinct=True, filter=Q(state_before=ReviewCard.State.NEW)),
}
_NOTHING_SEEN = {"seen": 0, "seen_new": 0}


def _waiting(now: datetime) -> Mapping[str, Count]:
    states = ReviewCard.State
    in_steps = Q(state__in=(states.LEARNING, states.RELEARNING), due_at__lte=now + LEARN_AHEAD)
    return {
        "learning": Count("id", filter=in_steps),
        "due": Count("id", filter=Q(state=states.REVIEW, due_at__lte=now)),
        "new": Count("id", filter=Q(state=states.NEW)),
    }


def _plan(
    waiting: Mapping[str, int], seen: Mapping[str, int], *, settings: ReviewSettings, days_left: int | None
) -> DayPlan:
    return plan_day(
        due=waiting["due"],
        new=waiting["new"],
        seen=seen["seen"],
        seen_new=seen["seen_new"],
        daily_limit=settings.daily_limit,
        new_per_day=settings.new_per_day,
        days_left=days_left,
    )


def _cards_by_day(card: ReviewCard, terms: Terms, choices: Mapping[str, range]) -> dict[int, int]:
    days = [day for each in choices.values() for day in each]
    if not any(len(each) > 1 for each in choices.values()):
        return {}
    others = ReviewCard.objects.filter(
        academy=card.academy_id, learner=card.learner_id, suspended_at=None, state=ReviewCard.State.REVIEW
    ).exclude(pk=card.pk)
    return others.due_by_day(terms, first=min(days), last=max(days))
