"""Hypothesis strategies for authored items of all eight types, as wild as authors can be."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from exams.bank.content import AuthoredItem, parse_item, written

# Everything that has a meaning somewhere: in Markdown, in CSV cells, in GIFT, in spreadsheets, in HTML.
SPECIAL = "ab Zé9 \\|;:=~#{}%[]()<>&\"'`*_-+@,./\n$^ñ–→"
WORDS = st.text(alphabet=SPECIAL, min_size=1, max_size=30)
LINES = st.text(alphabet=SPECIAL.replace("\n", ""), min_size=1, max_size=20)


def texts(*, is_line: bool = False) -> st.SearchStrategy[str]:
    """Texts that survive the trimming at their ends."""
    return (LINES if is_line else WORDS).map(str.strip).filter(bool)


def distinct(values: st.SearchStrategy[str], low: int, high: int) -> st.SearchStrategy[list[str]]:
    return st.lists(values, min_size=low, max_size=high, unique=True)


reasons = st.one_of(st.just(""), texts())
ids = st.text(alphabet="abcXYZ019_-", min_size=1, max_size=6)
numbers = st.decimals(min_value=Decimal(-10000), max_value=Decimal(10000), places=3).map(written)
units = st.sampled_from(["GB", "MB", "km/h", "°C", "%", "m²", "parts per million"])
normalise = st.fixed_dictionaries(
    {name: st.booleans() for name in ("case", "whitespace", "punctuation", "accents", "articles")}
)


@st.composite
def common(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    source: dict[str, Any] = {
        "type": kind,
        "code": draw(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,10}", fullmatch=True)),
        "domain": "1",
        "stem": draw(texts()),
        "explanation": draw(reasons),
        "difficulty": draw(st.sampled_from(["easy", "medium", "hard"])),
        "points": draw(st.integers(1, 9)),
        "tags": draw(
            distinct(st.text(alphabet="abc é-:{}#~\\", min_size=1, max_size=12).map(str.strip).filter(bool), 0, 3)
        ),
    }
    if draw(st.booleans()):
        source["skill"] = "1.1"
    if kind in ("multiple_choice", "matching", "ordering", "gap_fill"):
        source["scoring"] = draw(st.sampled_from(["all_or_nothing", "partial"]))
    return source


@st.composite
def choices(draw: st.DrawFn, kind: str, *, has_letters: bool) -> dict[str, Any]:
    options = draw(distinct(texts(), 2, 8))
    names = list("abcdefgh"[: len(options)]) if has_letters else draw(distinct(ids, len(options), len(options)))
    most = 1 if kind == "single_choice" else len(options)
    right = draw(st.lists(st.integers(0, len(options) - 1), min_size=1, max_size=most, unique=True))
    source: dict[str, Any] = {
        "options": [
            {"id": name, "text": text, "why": draw(reasons), **({"correct": True} if index in right else {})}
            for index, (name, text) in enumerate(zip(names, options, strict=True))
        ]
    }
    if kind == "multiple_choice" and draw(st.booleans()):
        source["select"] = len(right)
    return source


@st.composite
def matching(draw: st.DrawFn, *, has_letters: bool) -> dict[str, Any]:
    options = draw(distinct(texts(), 2, 5))
    names = list("abcde"[: len(options)]) if has_letters else draw(distinct(ids, len(options), len(options)))
    prompts = draw(distinct(texts(), 1, len(options)))
    reuse = draw(st.booleans())
    answers = [draw(st.sampled_from(names)) for _ in prompts] if reuse else draw(st.permutations(names))[: len(prompts)]
    numbered = [str(number) for number in range(1, len(prompts) + 1)]
    return {
        "prompts": [
            {"id": number, "text": text, "answer": answer, "why": "" if has_letters else draw(reasons)}
            for number, text, answer in zip(numbered, prompts, answers, strict=True)
        ],
        "options": [{"id": name, "text": text} for name, text in zip(names, options, strict=True)],
        "reuse": reuse,
    }


@st.composite
def gap_fill(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(distinct(ids, 1, 3))
    plain = st.text(alphabet="abc é.,", max_size=10)
    text = draw(plain) + "".join(f"{{{{{name}}}}}{draw(plain)}" for name in names)
    accepted = [draw(distinct(texts(is_line=True), 1, 3)) for _ in names]
    source: dict[str, Any] = {
        "text": text.strip(),
        "gaps": [
            {
                "id": name,
                "accepted": answers,
                "why": draw(reasons),
                "max_words": draw(st.one_of(st.none(), st.just(50))),
            }
            for name, answers in zip(names, accepted, strict=True)
        ],
        "normalise": draw(normalise),
    }
    if draw(st.booleans()):
        words = list(dict.fromkeys([answers[0] for answers in accepted] + ["another word", "yet another"]))
        source["choices"] = words
    return source


@st.composite
def numeric(draw: st.DrawFn) -> dict[str, Any]:
    source: dict[str, Any] = {"answer": draw(numbers), "why": draw(reasons)}
    if draw(st.booleans()):
        source["tolerance"] = draw(st.sampled_from(["0.1", "0.02", "1"]))
        source["tolerance_kind"] = draw(st.sampled_from(["absolute", "relative"]))
    if draw(st.booleans()):
        source["unit"] = draw(units)
        if draw(st.booleans()):
            source["units"] = {draw(units): "0.5", source["unit"]: "1"}
    return source


@st.composite
def items(draw: st.DrawFn, *kinds: str, has_letters: bool = False) -> AuthoredItem:
    """An item of one of the types. With `has_letters` options are called a, b, c and pairs have no reasons."""
    kind = draw(st.sampled_from(kinds))
    source = draw(common(kind))
    if kind in ("single_choice", "multiple_choice"):
        source |= draw(choices(kind, has_letters=has_letters))
    elif kind == "true_false_not_given":
        source |= {
            "answer": draw(st.sampled_from(["true", "false", "not_given"])),
            "labels": draw(st.sampled_from(["true_false", "yes_no"])),
            "why": {"true": draw(reasons), "false": draw(reasons), "not_given": draw(reasons)},
        }
    elif kind == "matching":
        source |= draw(matching(has_letters=has_letters))
    elif kind == "ordering":
        texts_in_order = draw(distinct(texts(), 2, 6))
        source["options"] = [
            {"id": name, "text": text, "why": "" if has_letters else draw(reasons)}
            for name, text in zip("abcdef", texts_in_order, strict=False)
        ]
    elif kind == "gap_fill":
        source |= draw(gap_fill())
    elif kind == "short_text":
        source |= {
            "accepted": draw(distinct(texts(is_line=True), 1, 3)),
            "why": draw(reasons),
            "max_words": draw(st.one_of(st.none(), st.just(50))),
            "normalise": draw(normalise),
        }
    else:
        source |= draw(numeric())
    return parse_item(source)


ALL_TYPES = (
    "single_choice",
    "multiple_choice",
    "true_false_not_given",
    "matching",
    "ordering",
    "gap_fill",
    "short_text",
    "numeric",
)
