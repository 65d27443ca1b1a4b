"""The columns of an item spreadsheet; `docs/item-import.md` describes them to authors."""

from collections.abc import Sequence

from exams.bank.content import letters

LETTERS = tuple(letters(26))
LEADING = (
    "code",
    "domain",
    "skill",
    "difficulty",
    "type",
    "points",
    "scoring",
    "stem",
    "text",
    "explanation",
    "stimulus",
    "tags",
)
TRAILING = ("correct", "answer", "parts", "extra")
OPTIONS = tuple(f"option_{letter}" for letter in LETTERS)
WHYS = tuple(f"why_{letter}" for letter in LETTERS)
KNOWN = frozenset((*LEADING, *OPTIONS, *WHYS, *TRAILING))
REQUIRED = ("code", "type", "stem")

# Beside what all types have: which columns and which names in `extra` each type uses.
COLUMNS: dict[str, frozenset[str]] = {
    "single_choice": frozenset({"correct", "option", "why"}),
    "multiple_choice": frozenset({"correct", "option", "why"}),
    "true_false_not_given": frozenset({"answer", "why"}),
    "matching": frozenset({"option", "parts"}),
    "ordering": frozenset({"option", "why"}),
    "gap_fill": frozenset({"text", "parts"}),
    "short_text": frozenset({"answer", "why"}),
    "numeric": frozenset({"answer", "why"}),
}
EXTRAS: dict[str, frozenset[str]] = {
    "single_choice": frozenset({"ids"}),
    "multiple_choice": frozenset({"ids", "select"}),
    "true_false_not_given": frozenset({"labels"}),
    "matching": frozenset({"ids", "reuse"}),
    "ordering": frozenset({"ids"}),
    "gap_fill": frozenset({"choices", "normalise"}),
    "short_text": frozenset({"max_words", "normalise"}),
    "numeric": frozenset({"tolerance", "tolerance_kind", "unit", "units"}),
}
NORMALISE = ("case", "whitespace", "punctuation", "accents", "articles")


def header(options: int = 8) -> Sequence[str]:
    """The columns of a file whose items have up to so many options."""
    return (*LEADING, *OPTIONS[:options], *WHYS[:options], *TRAILING)
