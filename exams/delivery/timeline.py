"""The step log of an attempt as a story, for those who supervise and for staff."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext

from exams.delivery.models import Attempt, AttemptStep
from exams.delivery.paper import Paper, PaperSlot, paper_of
from exams.delivery.steps import is_genuine, verify_steps

_SUBMITTED = {"learner": "Submitted by the learner.", "clock": "Submitted because time ran out."}


def timeline_of(attempt: Attempt) -> dict[str, Any]:
    """Every step in a sentence, and whether the log is intact; in the shape of `TimelineOut`."""
    paper = paper_of(attempt.form_id)
    steps = list(AttemptStep.objects.filter(attempt=attempt).order_by("id"))
    return {
        "steps": [
            {
                "at": step.recorded_at,
                "kind": step.kind,
                "slot": step.slot,
                "position": _position(attempt, step),
                "sequence": step.sequence,
                "text": sentence_of(step, attempt=attempt, paper=paper),
            }
            for step in steps
        ],
        "is_intact": verify_steps(attempt=attempt, steps=steps).is_intact,
    }


def sentence_of(step: AttemptStep, *, attempt: Attempt, paper: Paper) -> str:
    """What happened, in words. A step that is not as it was written may say anything, so it is not believed."""
    if not is_genuine(step):
        return gettext("This entry was changed after it was written.")
    body = step.body or {}
    place = _position(attempt, step)
    item = gettext("the exam") if place is None else gettext("item {number}").format(number=place)
    match step.kind:
        case AttemptStep.Kind.ANSWERED:
            return _answered(item, body, slot=paper.slot(step.slot or 0))
        case AttemptStep.Kind.VIEWED:
            return gettext("Looked at {item}.").format(item=item)
        case AttemptStep.Kind.MOVED:
            return gettext("Went to {item}.").format(item=item)
        case AttemptStep.Kind.SECTION_CLOSED:
            return gettext("Left section {number}.").format(number=int(body.get("section", 0)) + 1)
        case AttemptStep.Kind.EXTRA_TIME:
            minutes, reason = body.get("minutes"), body.get("reason")
            return gettext("Was given {minutes} more minutes: {reason}").format(minutes=minutes, reason=reason)
        case AttemptStep.Kind.SUBMITTED:
            return gettext(_SUBMITTED.get(body.get("by", ""), "Submitted by staff."))
        case AttemptStep.Kind.PAUSED | AttemptStep.Kind.TERMINATED | AttemptStep.Kind.VOIDED:
            return f"{gettext(AttemptStep.Kind(step.kind).label)}: {body.get('reason', '')}"
        case _:
            detail = f" ({body['detail']})" if body.get("detail") else ""
            return f"{gettext(AttemptStep.Kind(step.kind).label)}{detail}."


def _answered(item: str, body: Mapping[str, Any], *, slot: PaperSlot | None) -> str:
    told = describe_answer(slot, body.get("answer")) if slot else ""
    if told:
        said = (
            gettext("Answered {item}: {answer}, flagged.")
            if body.get("flagged")
            else gettext("Answered {item}: {answer}.")
        )
        return said.format(item=item, answer=told)
    said = gettext("Cleared {item}, flagged.") if body.get("flagged") else gettext("Cleared {item}.")
    return said.format(item=item)


def describe_answer(slot: PaperSlot, answer: dict[str, Any] | None) -> str:
    """An answer as a person would say it, with the texts that the learner saw. Empty for none."""
    if not answer:
        return ""
    question = slot.question
    texts = {thing["id"]: _plain(thing) for name in ("options", "prompts") for thing in question.get(name, ())}
    if "choice" in answer:
        return str(texts.get(answer["choice"], answer["choice"]))
    if "choices" in answer or "order" in answer:
        joiner = "; " if "choices" in answer else " → "
        return joiner.join(texts.get(one, one) for one in answer.get("choices", answer.get("order", ())))
    if "pairs" in answer:
        return "; ".join(
            f"{texts.get(left, left)} – {texts.get(right, right)}" for left, right in answer["pairs"].items()
        )
    if "gaps" in answer:
        return "; ".join(f"{gap}: {text}" for gap, text in answer["gaps"].items() if text)
    if "number" in answer:
        return f"{answer['number']} {answer.get('unit') or ''}".strip()
    return str(answer.get("text", ""))


def _plain(thing: dict[str, Any]) -> str:
    text = str(thing.get("label") or strip_tags(thing.get("html", ""))).strip()
    return text if len(text) <= 80 else f"{text[:77]}…"


def _position(attempt: Attempt, step: AttemptStep) -> int | None:
    return attempt.position_of(step.slot) if step.slot in attempt.slot_order else None
