"""An attempt as its learner saw it, for staff: each item in its version and order, and how its answer came about."""

from typing import Any

from exams.delivery.models import Attempt, AttemptStep, Response
from exams.delivery.paper import Paper
from exams.delivery.sitting import item_of
from exams.delivery.steps import verify_steps
from exams.delivery.timeline import describe_answer, sentence_of


def replay_of(attempt: Attempt, *, paper: Paper) -> dict[str, Any]:
    """`items` as shown with their final answers, `steps` in order, and whether the log is intact. Two statements."""
    steps = list(AttemptStep.objects.filter(attempt=attempt).order_by("id"))
    responses = {row.slot: row for row in Response.objects.filter(attempt=attempt)}
    items = []
    for position, number in enumerate(attempt.slot_order, start=1):
        slot = paper.slots[number - 1]
        response = responses.get(number)
        shown = item_of(slot, position=position, options=attempt.option_orders.get(str(number)))
        items.append(
            {
                **shown,
                "version": slot.version,
                "options": shown["question"].get("options", []),
                "prompts": shown["question"].get("prompts", []),
                "text_html": shown["question"].get("html", ""),
                "answer": describe_answer(slot, response.answer if response else None),
                "saved_at": response.saved_at if response else None,
                "changes": sum(1 for step in steps if step.slot == number and step.kind == AttemptStep.Kind.ANSWERED),
                "seconds": response.seconds if response else 0,
            }
        )
    started = attempt.started_at
    return {
        "items": items,
        "steps": [
            {
                "at": step.recorded_at,
                "elapsed": step.recorded_at - started if started else None,
                "kind": step.get_kind_display(),
                "text": sentence_of(step, attempt=attempt, paper=paper),
            }
            for step in steps
        ],
        "verdict": verify_steps(attempt=attempt, steps=steps),
    }
