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
# Thousands in groups, with a decimal point; and the other way round, with a decimal comma.
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:[, ']\d{3})+(?:\.\d+)?")
_GROUPED_BY_POINTS = re.compile(r"[+-]?[1-9]\d{0,2}(?:[. ']\d{3})+,\d+")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
# What keyboards and word processors make of plain marks.
_TYPOGRAPHIC = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "−": "-"})


def fraction_of(*, type: str, scoring: str, key: Key, answer: Answer | None) -> float:
    """What the answer earns, 0–1. No answer, or one that is not of the item's shape, earns 0."""
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
    return _PARTS[type](key, answer if isinstance(answer, dict) else {})


def normalise(text: str, rules: Mapping[str, bool]) -> str:
    """The text without what the rules disregard: case, whitespace, punctuation, accents, a leading article.

    A text that is nothing but punctuation keeps it: where “|” is the answer, “&” is not.
    """
    text = unicodedata.normalize("NFC", text).translate(_TYPOGRAPHIC)
    if rules.get("accents", False):
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(character for character in decomposed if not unicodedata.combining(character))
    if rules.get("case", True):
        text = text.casefold()
    if rules.get("punctuation", True):
        bare = _PUNCTUATION.sub("", _PARTING.sub(" ", text))
        text = bare if bare.strip() else text
    if rules.get("whitespace", True):
        text = _SPACES.sub(" ", text).strip()
    if rules.get("articles", False):
        text = _ARTICLES.sub("", text)
    return text


def parse_number(text: str) -> Decimal | None:
    """The number a person typed, None when it is none. Separators and a leading currency sign are fine.

    A comma before exactly three digits separates thousands (1,234), unless a zero stands before it (0,125).
    """
    text = _SPACES.sub(" ", text).strip().lstrip("$€£").strip().translate(_TYPOGRAPHIC)
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[, ']", "", text)
    elif _GROUPED_BY_POINTS.fullmatch(text):
        text = re.sub(r"[. ']", "", text).replace(",", ".")
    elif _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")  # groups of three were taken above
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
    chosen, due = set(_texts(answer.get("choices"))), set(key["choices"])
    return {option: option in chosen and option in due for option in sorted(chosen | due)} if chosen else {}


def _pairs(key: Key, answer: Answer) -> dict[str, bool]:
    pairs = _mapping(answer.get("pairs"))
    return {prompt: pairs.get(prompt) == option for prompt, option in key["pairs"].items()}


def _order(key: Key, answer: Answer) -> dict[str, bool]:
    order = _texts(answer.get("order"))
    return {option: order[index : index + 1] == [option] for index, option in enumerate(key["order"])}


def _gaps(key: Key, answer: Answer) -> dict[str, bool]:
    gaps = _mapping(answer.get("gaps"))
    rules = key.get("normalise") or {}
    return {gap: _accepted(gaps.get(gap), accepted, rules) for gap, accepted in key["gaps"].items()}


def _text(key: Key, answer: Answer) -> dict[str, bool]:
    return {"answer": _accepted(answer.get("text"), key["accepted"], key.get("normalise") or {})}


def _numeric(key: Key, answer: Answer) -> dict[str, bool]:
    given, units = answer.get("number"), _mapping(key.get("units"))
    number = parse_number(given) if isinstance(given, str) else None
    unit = answer.get("unit") or key.get("unit")
    if number is None or (unit != key.get("unit") and unit not in _texts(list(units))):
        return {"answer": False}
    factor = Decimal(str(units.get(unit, 1)))
    wanted, tolerance = Decimal(str(key["number"])), Decimal(str(key["tolerance"]))
    if key.get("tolerance_kind") == "relative":
        tolerance = abs(wanted) * tolerance
    return {"answer": abs(number * factor - wanted) <= tolerance}


def _texts(value: Any) -> list[str]:
    return value if isinstance(value, list) and all(isinstance(one, str) for one in value) else []


def _mapping(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, dict) else {}


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
