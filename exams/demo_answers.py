"""What the learners of the demonstration answer. Pure."""

from typing import Any

from exams.delivery.paper import PaperSlot


def right_answer(slot: PaperSlot) -> dict[str, Any]:
    """What the key asks for."""
    key = slot.key
    match slot.type:
        case "single_choice" | "true_false_not_given":
            return {"choice": key["choice"]}
        case "multiple_choice":
            return {"choices": list(key["choices"])}
        case "matching":
            return {"pairs": dict(key["pairs"])}
        case "ordering":
            return {"order": list(key["order"])}
        case "gap_fill":
            return {"gaps": {gap: accepted[0] for gap, accepted in key["gaps"].items()}}
        case "short_text":
            return {"text": key["accepted"][0]}
        case _:
            return {"number": str(key["number"]), "unit": key.get("unit")}


def wrong_answer(slot: PaperSlot) -> dict[str, Any] | None:
    """A plausible slip: another option, steps the wrong way round, a part left out, or nothing at all."""
    key, question = slot.key, slot.question
    match slot.type:
        case "single_choice" | "true_false_not_given":
            return {"choice": next(option["id"] for option in question["options"] if option["id"] != key["choice"])}
        case "multiple_choice":
            return {"choices": list(key["choices"])[:1]}
        case "matching":
            return {"pairs": dict(list(key["pairs"].items())[:1])}
        case "ordering":
            return {"order": list(reversed(key["order"]))}
        case "gap_fill":
            return {"gaps": dict.fromkeys(key["gaps"], "not sure")}
        case "short_text":
            return {"text": "not sure"}
        case _:
            return None
