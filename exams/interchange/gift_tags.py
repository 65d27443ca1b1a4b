"""What GIFT has no words for, kept in tags such as `difficulty=hard`: Moodle shows them as tags, we read them back."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Source = dict[str, Any]
NORMALISE = ("case", "whitespace", "punctuation", "accents", "articles")


class BadTag(ValueError):
    """A tag that looks like one of ours and is not right."""


def split_tags(tags: Iterable[str]) -> tuple[list[str], dict[str, str]]:
    """A question's tags: the author's own, and ours by name."""
    own: list[str] = []
    ours: dict[str, str] = {}
    for tag in tags:
        name, is_pair, value = tag.partition("=")
        if is_pair and name in _READERS:
            ours[name] = value
        else:
            own.append(" ".join(_allowed(tag).split())[:40])
    return list(dict.fromkeys(tag for tag in own if tag)), ours


def read(ours: Mapping[str, str], *names: str) -> Source:
    """The fields that these tags stand for. Raises BadTag."""
    return {name: _READERS[name](ours[name]) for name in names if name in ours}


def whole(value: str) -> int:
    """A whole number. Raises BadTag."""
    if not (value.isascii() and value.isdigit() and len(value) <= 4):
        raise BadTag(f"{value[:20]!r} is not a whole number")
    return int(value)


def numbers(value: str) -> list[int]:
    """Whole numbers joined by +. Raises BadTag."""
    return [whole(part) for part in value.split("+")]


def _units(value: str) -> dict[str, str]:
    units = {}
    for part in value.split("+"):
        unit, is_pair, factor = part.rpartition(":")
        if not is_pair:
            raise BadTag(f"{part[:20]!r} is not written as unit:factor")
        units[unit] = factor
    return units


def _normalise(value: str) -> dict[str, bool]:
    wanted = set(value.split("+")) - {"none"}
    if unknown := wanted - set(NORMALISE):
        raise BadTag(f"{min(unknown)[:20]!r} is nothing to normalise")
    return {name: name in wanted for name in NORMALISE}


def _truth(value: str) -> bool:
    return value == "true"


def _allowed(tag: str) -> str:
    return "".join(" " if character in "[]=|,;" else character for character in tag)


_READERS: dict[str, Callable[[str], Any]] = {
    "type": str,
    "skill": str,
    "difficulty": str,
    "points": whole,
    "scoring": str,
    "labels": str,
    "select": whole,
    "reuse": _truth,
    "order": numbers,
    "max_words": whole,
    "normalise": _normalise,
    "tolerance": str,
    "tolerance_kind": str,
    "unit": str,
    "units": _units,
}
