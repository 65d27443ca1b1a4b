"""An attempt as its learner saw it, for staff: each item in its version and order, and how its answer came about."""

from datetime import timedelta
from typing import Any

from exams.bank.models import ItemVersion
from exams.delivery.models import Attempt, AttemptStep, Response
from exams.delivery.paper import Paper
from exams.delivery.sitting import item_of
from exams.delivery.steps import verify_steps
from exams.delivery.timeline import describe_answer, sentence_of


def replay_of(attempt: Attempt, *, paper: Paper) -> dict[str, Any]:
    """`items` as shown with their final answers, `steps` in order, and whether the log is intact. Three statements."""
    steps = list(AttemptStep.objects.filter(attempt=attempt).order_by("id"))
    responses = {row.slot: row for row in Response.objects.filter(attempt=attempt)}
    names = _names(paper)
    items = []
    for position, number in enumerate(attempt.slot_order, start=1):
        slot = paper.slots[number - 1]
        response = responses.get(number)
        shown = item_of(slot, position=position, options=attempt.option_orders.get(str(number)))
        question, answer = shown["question"], response.answer if response else None
        chosen = _chosen(answer)
        items.append(
            {
                **shown,
                "version": slot.version,
                "name": names.get(slot.version, ""),
                "shown_stimulus": paper.stimuli.get(slot.stimulus) if slot.stimulus else None,
                "options": [{**option, "is_chosen": option["id"] in chosen} for option in question.get("options", ())],
                "prompts": question.get("prompts", []),
                "text_html": question.get("html", ""),
                "words": question.get("choices") or [],
                "answer": describe_answer(slot, answer),
                "saved_at": response.saved_at if response else None,
                "changes": sum(1 for step in steps if step.slot == number and step.kind == AttemptStep.Kind.ANSWERED),
                "seconds": response.seconds if response else 0,
                "spent": _duration(timedelta(seconds=response.seconds)) if response else "",
            }
        )
    started = attempt.started_at
    return {
        "items": items,
        "steps": [
            {
                "at": step.recorded_at,
                "elapsed": _duration(step.recorded_at - started) if started else "",
                "kind": step.get_kind_display(),
                "text": sentence_of(step, attempt=attempt, paper=paper),
            }
            for step in steps
        ],
        "verdict": verify_steps(attempt=attempt, steps=steps),
    }


def _names(paper: Paper) -> dict[Any, str]:
    """Version → code of its item and number."""
    versions = ItemVersion.objects.filter(pk__in=[slot.version for slot in paper.slots]).order_by()
    rows = versions.values_list("pk", "item__code", "number")
    return {pk: f"{code}, version {number}" for pk, code, number in rows}


def _chosen(answer: dict[str, Any] | None) -> set[str]:
    if not answer:
        return set()
    return {answer["choice"]} if "choice" in answer else set(answer.get("choices") or ())


def _duration(length: timedelta) -> str:
    """A length of time as a clock shows it, to the second: 1:02:03 or 2:03."""
    minutes, seconds = divmod(max(0, int(length.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
