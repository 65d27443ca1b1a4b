"""What a learner may see of a result, and when: decided here and nowhere else. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from exams.delivery.models import Attempt, Delivery


class Reason(StrEnum):
    """Why a result is to be seen, or not yet."""

    NOW = "now"
    AFTER_WINDOW = "after_window"
    ON_RELEASE = "on_release"
    NEVER = "never"
    NOT_MARKED = "not_marked"


# Closed for good without ever being marked.
_UNMARKED = (Attempt.State.TERMINATED, Attempt.State.VOIDED, Attempt.State.EXPIRED, Attempt.State.ABANDONED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Visibility:
    """What of a result may be seen now; `available_at` is set where a date is known."""

    reason: Reason
    shows_score: bool = False
    shows_domains: bool = False
    shows_answers: bool = False
    available_at: datetime | None = None

    @property
    def is_available(self) -> bool:
        """Whether anything may be seen."""
        return self.shows_score


def visibility_of(*, state: str, delivery: Delivery, now: datetime) -> Visibility:
    """What the learner may see of an attempt in this state (`Attempt.State`)."""
    if delivery.review_what == Delivery.ReviewWhat.NOTHING:
        return Visibility(reason=Reason.NEVER)
    if state in _UNMARKED:
        return Visibility(reason=Reason.NEVER)
    if state not in (Attempt.State.MARKED, Attempt.State.RELEASED):
        return Visibility(reason=Reason.NOT_MARKED)
    if delivery.released_at is None:
        # A release opens everything; without one each policy waits for its own moment.
        if delivery.review_when == Delivery.ReviewWhen.ON_RELEASE:
            return Visibility(reason=Reason.ON_RELEASE)
        waits = delivery.review_when == Delivery.ReviewWhen.AFTER_WINDOW
        if waits and (delivery.closes_at is None or now < delivery.closes_at):
            return Visibility(reason=Reason.AFTER_WINDOW, available_at=delivery.closes_at)
    what = delivery.review_what
    return Visibility(
        reason=Reason.NOW,
        shows_score=True,
        shows_domains=what in (Delivery.ReviewWhat.DOMAINS, Delivery.ReviewWhat.ANSWERS),
        shows_answers=what == Delivery.ReviewWhat.ANSWERS,
    )
