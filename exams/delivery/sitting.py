"""The sitting as the learner's browser gets it: the paper in this attempt's order, with what is saved. Never a key."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from exams.delivery.models import Attempt, Response
from exams.delivery.paper import Paper, PaperSection, PaperSlot, paper_of
from exams.delivery.tokens import issue_token


def sitting_of(*, attempt: Attempt, is_new: bool, now: datetime) -> dict[str, Any]:
    """Everything that sitting takes, in the shape of `SittingOut`. One statement, none for a new attempt."""
    paper = paper_of(attempt.form_id)
    responses = [] if is_new else list(Response.objects.filter(attempt=attempt))
    return {
        "attempt": attempt,
        "token": issue_token(attempt=attempt.pk, learner=attempt.learner_id, form=attempt.form_id),
        **clock_of(attempt, now=now),
        "grace_seconds": int(settings.ANSWER_GRACE.total_seconds()),
        "navigation": attempt.delivery.navigation,
        "display": attempt.delivery.display,
        "sections": [section_of(section, factor=attempt.time_factor) for section in paper.sections],
        "stimuli": dict(paper.stimuli),
        "items": items_of(paper, attempt),
        "responses": {
            str(row.slot): {
                "sequence": row.sequence,
                "answer": row.answer,
                "flagged": row.flagged,
                "seconds": row.seconds,
                "seen": True,
            }
            for row in responses
        },
        "notes": attempt.notes,
        "notes_sequence": attempt.notes_sequence,
    }


def clock_of(attempt: Attempt, *, now: datetime) -> dict[str, Any]:
    """What the learner's clock needs to be right."""
    return {
        "server_time": now,
        "deadline_at": attempt.deadline_at,
        "section_deadline_at": attempt.section_deadline_at,
        "state": attempt.state,
        "paused": attempt.state == Attempt.State.PAUSED,
        "message": attempt.message or None,
        "current_section": attempt.section_index,
        "open_positions": {"first": attempt.open_from, "last": attempt.open_to},
    }


def items_of(paper: Paper, attempt: Attempt) -> list[dict[str, Any]]:
    """The items in the order of this attempt."""
    orders = attempt.option_orders
    return [
        item_of(paper.slots[number - 1], position=position, options=orders.get(str(number)))
        for position, number in enumerate(attempt.slot_order, start=1)
    ]


def item_of(slot: PaperSlot, *, position: int, options: Sequence[str] | None) -> dict[str, Any]:
    """One item as shown: what may be seen of it, its options in the given order."""
    question = dict(slot.question)
    if options:
        by_id = {option["id"]: option for option in question["options"]}
        question["options"] = [by_id[option] for option in options]
    return {
        "position": position,
        "slot": slot.number,
        "section": slot.section,
        "type": slot.type,
        "stimulus": slot.stimulus,
        "stem_html": slot.stem_html,
        "points": slot.points,
        "question": question,
    }


def section_of(section: PaperSection, *, factor: Decimal) -> dict[str, Any]:
    """One section as shown, with the learner's own time."""
    limit = section.time_limit_seconds
    return {
        "index": section.index,
        "title": section.title,
        "instructions_html": section.instructions_html,
        "time_limit_seconds": None if limit is None else round(limit * factor),
        "first": section.first,
        "last": section.last,
    }
