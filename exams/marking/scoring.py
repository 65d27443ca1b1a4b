"""What an answer earns: a fraction in 0–1 per item, and which of its parts are right. Pure.

Partial credit (see `exams/packs/README.md`): multiple choice (right − wrong chosen) ÷ right, never below 0; matching,
ordering and gap fill the share of parts that are right.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

Key = Mapping[str, Any]
Answer = Mapping[str, Any]

_ARTICLES = re.compile(r"^(?:a|an|the)\s+", re.IGNORECASE)
# A mark inside a word or number (192.0.2.1, don't) belongs to it; a hyphen or slash parts words.
_PUNCTUATION = re.compile(r"(?<!\w)[^\w\s]|[^\w\s](?!\w)")
_PARTING = re.compile(r"[-‐‑–/]")
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[, ' ]\d{3})+(?:\.\d+)?")


def fraction_of(*, type: str, scoring: str, key: Key, answer: Answer | None) -> float:
    """What the answer earns, 0–1. No answer, or one that is not of the item's shape, earns 0."""
    if not answer:
        return 0.0
    right = parts_of(type=type, key=key, answer=answer)
    if type == "multiple_choice":
        return _fraction_of_choices(right, key, scoring)
    if not right:
        return 0.0
    if scoring == "partial":
        return sum(right.values()) / len(right)
    return 1.0 if all(right.values()) else 0.0


def parts_of(*, type: str, key: Key, answer: Answer | None) -> dict[str, bool]:
    """Which parts are right: by option for choices (those chosen or due), by prompt, place or gap, else by `answer`."""
    return _PARTS[type](key, answer or {})


def normalise(text: str, rules: Mapping[str, bool]) -> str:
    """The text without what the rules disregard: case, whitespace, punctuation, accents, a leading article."""
    text = unicodedata.normalize("NFC", text)
    if rules.get("accents", False):
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(character for character in decomposed if not unicodedata.combining(character))
    if rules.get("case", True):
        text = text.casefold()
    if rules.get("punctuation", True):
        text = _PUNCTUATION.sub("", _PARTING.sub(" ", text))
    if rules.get("whitespace", True):
        text = _SPACES.sub(" ", text).strip()
    if rules.get("articles", False):
        text = _ARTICLES.sub("", text)
    return text


def parse_number(text: str) -> Decimal | None:
    """The number a person typed: thousands separators and a leading currency sign are fine; None when it is none."""
    text = text.strip().lstrip("$€£").strip().replace("−", "-")
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[, ' ]", "", text)
    elif re.fullmatch(r"[+-]?\d+,\d+", text):
        text = text.replace(",", ".")  # a decimal comma: groups of three were taken above
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _fraction_of_choices(right: dict[str, bool], key: Key, scoring: str) -> float:
    due = len(key["choices"])
    if scoring != "partial":
        return 1.0 if right and all(right.values()) else 0.0
    hits = sum(1 for option, is_right in right.items() if is_right and option in key["choices"])
    misses = sum(1 for option, is_right in right.items() if not is_right and option not in key["choices"])
    return max(0.0, (hits - misses) / due)


def _choice(key: Key, answer: Answer) -> dict[str, bool]:
    chosen = answer.get("choice")
    return {chosen: chosen == key["choice"]} if isinstance(chosen, str) else {}


def _choices(key: Key, answer: Answer) -> dict[str, bool]:
    chosen, due = set(answer.get("choices") or ()), set(key["choices"])
    return {option: option in chosen and option in due for option in sorted(chosen | due)} if chosen else {}


def _pairs(key: Key, answer: Answer) -> dict[str, bool]:
    pairs = answer.get("pairs") or {}
    return {prompt: pairs.get(prompt) == option for prompt, option in key["pairs"].items()}


def _order(key: Key, answer: Answer) -> dict[str, bool]:
    order = answer.get("order") or []
    return {
        option: index < len(order) and order[index] == option for index, option in enumerate(key["order"])
    }


def _gaps(key: Key, answer: Answer) -> dict[str, bool]:
    gaps = answer.get("gaps") or {}
    rules = key.get("normalise") or {}
    return {gap: _accepted(gaps.get(gap), accepted, rules) for gap, accepted in key["gaps"].items()}


def _text(key: Key, answer: Answer) -> dict[str, bool]:
    return {"answer": _accepted(answer.get("text"), key["accepted"], key.get("normalise") or {})}


def _numeric(key: Key, answer: Answer) -> dict[str, bool]:
    number = parse_number(str(answer.get("number") or ""))
    if number is None:
        return {"answer": False}
    units: Mapping[str, str] = key.get("units") or {}
    unit = answer.get("unit") or key.get("unit")
    factor = Decimal(str(units[unit])) if unit in units else Decimal(1) if unit == key.get("unit") else None
    if factor is None:
        return {"answer": False}
    wanted, tolerance = Decimal(str(key["number"])), Decimal(str(key["tolerance"]))
    if key.get("tolerance_kind") == "relative":
        tolerance = abs(wanted) * tolerance
    return {"answer": abs(number * factor - wanted) <= tolerance}


def _accepted(text: Any, accepted: list[str], rules: Mapping[str, bool]) -> bool:
    if not isinstance(text, str) or not text.strip():
        return False
    given = normalise(text, rules)
    return any(given == normalise(one, rules) for one in accepted)


_PARTS: dict[str, Callable[[Key, Answer], dict[str, bool]]] = {
    "single_choice": _choice,
    "true_false_not_given": _choice,
    "multiple_choice": _choices,
    "matching": _pairs,
    "ordering": _order,
    "gap_fill": _gaps,
    "short_text": _text,
    "numeric": _numeric,
}
