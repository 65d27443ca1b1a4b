"""The clock of sections: they follow each other whether or not the learner is there to leave them."""

from datetime import datetime

from exams.delivery.models import Attempt, AttemptStep
from exams.delivery.paper import paper_of
from exams.delivery.steps import log_step


def follow_clock(attempt: Attempt, *, now: datetime) -> None:
    """Open the section whose turn it is; an outage may have outlasted several. Wants the attempt locked.

    Each section starts when the one before ran out, not when somebody noticed.
    """
    while attempt.section_deadline_at is not None and attempt.is_section_over(now=now):
        next_section(attempt, at=attempt.section_deadline_at, now=now)


def next_section(attempt: Attempt, *, at: datetime, now: datetime) -> None:
    """Close the open section for good and open the next, whose clock runs from `at`. Wants the attempt locked."""
    log_step(attempt=attempt, kind=AttemptStep.Kind.SECTION_CLOSED, body={"section": attempt.section_index}, now=now)
    attempt.enter_section(paper_of(attempt.form_id).sections[attempt.section_index + 1], now=at)
    attempt.save(update_fields=["section_index", "open_from", "open_to", "section_deadline_at", "closes_at"])
