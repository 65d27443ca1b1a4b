"""A card as its learner sees it: the question, and once it is answered the truth with what each grade would do."""

from datetime import datetime
from typing import Any

from academies.models import Membership
from exams.bank.models import ItemVersion
from exams.delivery.paper import PaperSlot, shown_stimulus, slot_of
from exams.delivery.shuffling import order_options_of
from exams.delivery.sitting import item_of
from exams.marking.results import truth_of
from exams.practice.repetition.models import ReviewCard, ReviewLog
from exams.practice.repetition.planning import suggested_rating
from exams.practice.repetition.queue import Today, next_cards, outcomes_of
from exams.practice.repetition.terms import Terms


def queue_of(
    member: Membership, *, today: Today, terms: Terms, now: datetime, first: ReviewCard | None = None
) -> dict[str, Any]:
    """The day and its next cards, one of them `first` if given, in the shape of `ReviewQueueOut`."""
    cards = next_cards(member, today=today, terms=terms, now=now)
    if first is not None:
        cards = [first, *(card for card in cards if card.pk != first.pk)]
    return {"today": day_of(today, terms=terms), "cards": [card_as_shown(card, terms=terms, now=now) for card in cards]}


def day_of(today: Today, *, terms: Terms) -> dict[str, Any]:
    """The day in numbers, in the shape of `ReviewTodayOut`."""
    return {
        "left": today.left,
        "learning": today.learning,
        "due": today.plan.due,
        "new": today.plan.new,
        "done": today.done,
        "tomorrow": today.tomorrow,
        "target_date": terms.target_date,
        "days_left": terms.days_left,
        "needed_per_day": today.plan.needed_per_day,
        "daily_limit": terms.settings.daily_limit,
    }


def card_as_shown(card: ReviewCard, *, terms: Terms, now: datetime) -> dict[str, Any]:
    """The card with its question, in the shape of `ReviewCardOut`; with `check` where an answer waits for its grade."""
    given = card.answer_that_waits(now=now)
    version = _version(card, given)
    slot = slot_of(version, number=card.graded + 1, domain=card.item.domain_id)
    # Another order each time, so that nobody learns the place of the right option.
    orders = order_options_of([slot], seed=card.pk.int + card.reviews, shuffle=True)
    shown = item_of(slot, position=1, options=orders.get(str(slot.number)))
    return {
        "id": card.pk,
        "sequence": card.graded + 1,
        "reason": card.reason,
        "state": card.state,
        "item_id": card.item_id,
        "item": shown,
        "stimulus": shown_stimulus(version.stimulus) if version.stimulus else None,
        "check": given and _checked(card, slot, shown, given, terms=terms, now=now),
    }


def _checked(
    card: ReviewCard, slot: PaperSlot, shown: dict[str, Any], given: dict[str, Any], *, terms: Terms, now: datetime
) -> dict[str, Any]:
    outcomes = outcomes_of(card, ratings=tuple(ReviewLog.Rating.values), terms=terms, now=now)
    return {
        "item": {
            **shown,
            "item": card.item_id,
            "answer": given["answer"],
            "fraction": given["fraction"],
            "mark": round(given["fraction"] * slot.points, 4),
            "seconds": given["seconds"],
            "flagged": False,
            **truth_of(slot, answer=given["answer"]),
        },
        "suggested": suggested_rating(fraction=given["fraction"], seconds=given["seconds"]),
        "grades": [
            {
                "rating": rating,
                "due_at": outcome.due_at,
                "seconds": round((outcome.due_at - now).total_seconds()),
                "days": (outcome.due_at.astimezone(terms.zone).date() - terms.today).days,
            }
            for rating, outcome in outcomes.items()
        ],
    }


def _version(card: ReviewCard, given: dict[str, Any] | None) -> ItemVersion:
    """The one that was answered, else the live one."""
    live = card.item.live_version
    if live is not None and (given is None or str(live.pk) == given["version"]):
        return live
    wanted = ItemVersion.objects.select_related("stimulus").filter(item=card.item_id)
    return wanted.get(id=given["version"]) if given else wanted.latest("number")
