"""The shape of an answer to each type of item. Says nothing about whether it is right."""

from collections.abc import Callable, Mapping
from typing import Any

Question = Mapping[str, Any]
Answer = Mapping[str, Any]

# What a person types into one gap or field; the longest accepted answer is far shorter.
LONGEST_TEXT = 500


class MalformedAnswer(Exception):
    """The answer does not fit the item. Its text is a sentence for the developer of a client."""


def check_answer(*, type: str, question: Question, answer: Any) -> None:
    """Raise MalformedAnswer unless the answer has the shape of its type and names only things the question has.

    Incomplete answers are fine: a learner saves while still thinking.
    """
    if answer is None:
        return
    if not isinstance(answer, dict):
        raise MalformedAnswer("An answer is an object, or null for none.")
    field, check = _SHAPES[type]
    unknown = set(answer) - {field, "unit"} if type == "numeric" else set(answer) - {field}
    if unknown:
        raise MalformedAnswer(f"An answer to this item has the field “{field}” only.")
    if field not in answer:
        raise MalformedAnswer(f"The field “{field}” is missing.")
    check(question, answer)


def is_empty(answer: Answer | None) -> bool:
    """Whether nothing has been answered: no answer, or fields left blank."""
    if not answer:
        return True
    return all(name == "unit" or _is_blank(value) for name, value in answer.items())


def _is_blank(value: Any) -> bool:
    if isinstance(value, str):
        return not value or value.isspace()
    if isinstance(value, dict):
        return all(_is_blank(part) for part in value.values())
    return value is None or (isinstance(value, list) and not value)


def _choice(question: Question, answer: Answer) -> None:
    _known(answer["choice"], _ids(question["options"]))


def _choices(question: Question, answer: Answer) -> None:
    chosen = _distinct(answer["choices"], _ids(question["options"]))
    if question.get("select") and len(chosen) > question["select"]:
        raise MalformedAnswer(f"No more than {question['select']} options may be chosen.")


def _pairs(question: Question, answer: Answer) -> None:
    pairs = answer["pairs"]
    if not isinstance(pairs, dict):
        raise MalformedAnswer("“pairs” is an object from prompt to option.")
    prompts, options = _ids(question["prompts"]), _ids(question["options"])
    for prompt, option in pairs.items():
        _known(prompt, prompts)
        _known(option, options)
    if not question.get("reuse") and len(set(pairs.values())) < len(pairs):
        raise MalformedAnswer("Each option may be used once.")


def _order(question: Question, answer: Answer) -> None:
    options = _ids(question["options"])
    if len(_distinct(answer["order"], options)) != len(options):
        raise MalformedAnswer("“order” lists every option once.")


def _gaps(question: Question, answer: Answer) -> None:
    gaps = answer["gaps"]
    if not isinstance(gaps, dict):
        raise MalformedAnswer("“gaps” is an object from gap to text.")
    ids = _ids(question["gaps"])
    for gap, text in gaps.items():
        _known(gap, ids)
        _text(text)


def _free_text(_question: Question, answer: Answer) -> None:
    _text(answer["text"])


def _number(question: Question, answer: Answer) -> None:
    _text(answer["number"])
    unit = answer.get("unit")
    if unit is not None and unit not in question["units"] and unit != question.get("unit"):
        raise MalformedAnswer("The unit is not one of the item's.")


def _ids(things: list[Mapping[str, Any]]) -> list[str]:
    return [thing["id"] for thing in things]


def _known(value: Any, ids: list[str]) -> None:
    if not isinstance(value, str) or value not in ids:
        raise MalformedAnswer("The answer names an option that the item does not have.")


def _distinct(values: Any, ids: list[str]) -> list[str]:
    if not isinstance(values, list) or len(values) > len(ids):
        raise MalformedAnswer("A list of options is expected, each once.")
    for value in values:
        _known(value, ids)
    if len(set(values)) < len(values):
        raise MalformedAnswer("Each option may be named once.")
    return values


def _text(value: Any) -> None:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise MalformedAnswer(f"A text of at most {LONGEST_TEXT} characters is expected.")


_SHAPES: dict[str, tuple[str, Callable[[Question, Answer], None]]] = {
    "single_choice": ("choice", _choice),
    "true_false_not_given": ("choice", _choice),
    "multiple_choice": ("choices", _choices),
    "matching": ("pairs", _pairs),
    "ordering": ("order", _order),
    "gap_fill": ("gaps", _gaps),
    "short_text": ("text", _free_text),
    "numeric": ("number", _number),
}
