"""Items written as a spreadsheet (CSV) that `csv_reading` reads back to the same content."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from exams.bank.content import (
    AuthoredItem,
    GapFill,
    Matching,
    MultipleChoice,
    Normalise,
    Numeric,
    Ordering,
    ShortText,
    SingleChoice,
    TrueFalseNotGiven,
    letters,
    written,
)
from exams.interchange.cells import join, join_rows, safe
from exams.interchange.csv_layout import NORMALISE, OPTIONS, WHYS, header

Cells = dict[str, str]


def write_csv(items: Iterable[AuthoredItem], *, options: int = 8) -> Iterator[str]:
    """The file piece by piece, header first. `options` is the largest number of options that an item has."""
    columns = header(max(8, options))
    yield _line(columns)
    for item in items:
        cells = cells_of(item)
        yield _line([safe(cells.get(column, "")) for column in columns])


def cells_of(item: AuthoredItem) -> Cells:
    """The cells of an item by column; empty ones are left out."""
    cells = {
        "code": item.code,
        "domain": item.domain,
        "skill": item.skill or "",
        "difficulty": item.difficulty,
        "type": item.kind,
        "points": str(item.points),
        "scoring": item.scoring,
        "stem": item.stem,
        "explanation": item.explanation,
        "stimulus": item.stimulus or "",
        "tags": join(item.tags, "|"),
    }
    return {name: cell for name, cell in (cells | _WRITERS[type(item)](item)).items() if cell}


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def _choice(item: SingleChoice | MultipleChoice) -> Cells:
    ids = [option.id for option in item.options]
    extra = _ids(ids)
    if isinstance(item, MultipleChoice) and item.select is not None:
        extra["select"] = str(item.select)
    return {
        **dict(zip(OPTIONS, (option.text for option in item.options), strict=False)),
        **dict(zip(WHYS, (option.why for option in item.options), strict=False)),
        "correct": join((option.id for option in item.options if option.correct), "|"),
        "extra": _extra(extra),
    }


def _true_false(item: TrueFalseNotGiven) -> Cells:
    return {
        "answer": item.answer,
        "why_a": item.why.true,
        "why_b": item.why.false,
        "why_c": item.why.not_given,
        "extra": _extra({"labels": item.labels} if item.labels != "true_false" else {}),
    }


def _matching(item: Matching) -> Cells:
    extra = _ids([option.id for option in item.options])
    if item.reuse:
        extra["reuse"] = "true"
    return {
        **dict(zip(OPTIONS, (option.text for option in item.options), strict=False)),
        "parts": join_rows([prompt.id, prompt.text, prompt.answer, prompt.why] for prompt in item.prompts),
        "extra": _extra(extra),
    }


def _ordering(item: Ordering) -> Cells:
    return {
        **dict(zip(OPTIONS, (option.text for option in item.options), strict=False)),
        **dict(zip(WHYS, (option.why for option in item.options), strict=False)),
        "extra": _extra(_ids([option.id for option in item.options])),
    }


def _gap_fill(item: GapFill) -> Cells:
    extra = _normalise(item.normalise)
    if item.choices is not None:
        extra["choices"] = join(item.choices, "|")
    return {
        "text": item.text,
        "parts": join_rows(
            [gap.id, list(gap.accepted), "" if gap.max_words is None else str(gap.max_words), gap.why]
            for gap in item.gaps
        ),
        "extra": _extra(extra),
    }


def _short_text(item: ShortText) -> Cells:
    extra = _normalise(item.normalise)
    if item.max_words is not None:
        extra["max_words"] = str(item.max_words)
    return {"answer": join(item.accepted, "|"), "why_a": item.why, "extra": _extra(extra)}


def _numeric(item: Numeric) -> Cells:
    extra = {}
    if item.tolerance:
        extra["tolerance"] = written(item.tolerance)
    if item.tolerance_kind != "absolute":
        extra["tolerance_kind"] = item.tolerance_kind
    if item.unit is not None:
        extra["unit"] = item.unit
    if item.units is not None:
        extra["units"] = join((f"{unit}:{written(factor)}" for unit, factor in item.units.items()), "|")
    return {"answer": written(item.answer), "why_a": item.why, "extra": _extra(extra)}


def _ids(ids: list[str]) -> Cells:
    return {} if ids == list(letters(len(ids))) else {"ids": join(ids, "|")}


def _normalise(normalise: Normalise) -> Cells:
    if normalise == Normalise():
        return {}
    wanted = [name for name in NORMALISE if getattr(normalise, name)]
    return {"normalise": join(wanted or ["none"], "|")}


def _extra(extra: Cells) -> str:
    return "\n".join(f"{name}={value}" for name, value in extra.items())


# Each writer takes the type that it stands under.
_WRITERS: dict[type[AuthoredItem], Callable[[Any], Cells]] = {
    SingleChoice: _choice,
    MultipleChoice: _choice,
    TrueFalseNotGiven: _true_false,
    Matching: _matching,
    Ordering: _ordering,
    GapFill: _gap_fill,
    ShortText: _short_text,
    Numeric: _numeric,
}
