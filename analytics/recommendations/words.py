"""What a recommendation says, in the language of whoever reads it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from analytics.recommendations.models import Recommendation

Facts = Mapping[str, Any]
Kind = Recommendation.Kind


def title_of(kind: str, facts: Facts) -> str:
    """What to do, in a few words."""
    return _TITLES[kind]().format(**facts)


def reason_of(kind: str, facts: Facts) -> str:
    """Why, with the numbers."""
    return _REASONS[kind](facts).format(**facts)


_TITLES: Mapping[str, Callable[[], str]] = {
    Kind.RESUME: lambda: gettext("Go on with “{title}”"),
    Kind.EXAM_AHEAD: lambda: gettext("Practise for “{title}”"),
    Kind.READY: lambda: gettext("Sit “{title}”"),
    Kind.NEAR_CUT: lambda: gettext("Practise {code} {domain}"),
    Kind.CARDS_DUE: lambda: gettext("Review your cards"),
    Kind.WEAK_SKILL: lambda: gettext("Practise {code} {title}"),
    Kind.WEAK_DOMAIN: lambda: gettext("Practise {code} {title}"),
    Kind.IDLE_DOMAIN: lambda: gettext("Come back to {code} {title}"),
    Kind.UNSEEN_DOMAIN: lambda: gettext("Begin with {code} {title}"),
}

_REASONS: Mapping[str, Callable[[Facts], str]] = {
    Kind.RESUME: lambda facts: (
        gettext("You have begun it and the clock is running.")
        if facts.get("is_timed", True)
        else gettext("You have begun it and not finished it.")
    ),
    Kind.EXAM_AHEAD: lambda facts: (
        ngettext(
            "It is {days} day away and you have not practised for it this week.",
            "It is {days} days away and you have not practised for it this week.",
            facts["days"],
        )
        if facts["days"]
        else gettext("It is less than a day away and you have not practised for it this week.")
    ),
    Kind.READY: lambda _: gettext("By your answers you would pass with a probability of {percent}%."),
    Kind.NEAR_CUT: lambda _: gettext(
        "You would pass “{title}” with a probability of {percent}%. This domain would help you most."
    ),
    Kind.CARDS_DUE: lambda facts: ngettext(
        "{count} card is waiting today.", "{count} cards are waiting today.", facts["count"]
    ),
    Kind.WEAK_SKILL: lambda _: gettext(
        "You are struggling with {code}: of your last {answers} answers {percent}% were right."
    ),
    Kind.WEAK_DOMAIN: lambda _: gettext(
        "You are struggling with {code}: of your last {answers} answers {percent}% were right."
    ),
    Kind.IDLE_DOMAIN: lambda facts: ngettext(
        "You have not practised it for {days} day.", "You have not practised it for {days} days.", facts["days"]
    ),
    Kind.UNSEEN_DOMAIN: lambda _: gettext("You have not met a question of it yet. Its share of the exam is {weight}%."),
}
