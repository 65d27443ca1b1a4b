"""Item spreadsheets (CSV) read: one row for each item, all eight types in one layout."""

import csv
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exams.interchange.cells import BadCell, split, split_rows, unsafe
from exams.interchange.csv_layout import COLUMNS, EXTRAS, KNOWN, LETTERS, NORMALISE, OPTIONS, REQUIRED, WHYS
from exams.interchange.entries import Entries, Entry
from exams.interchange.files import Fault, Lines, TextFile

_TRUTH = {"true": True, "yes": True, "false": False, "no": False}
Row = Mapping[str, str]
Source = dict[str, Any]


def read_csv(file: TextFile, *, domain: str = "") -> Entries:
    """The items of a spreadsheet. `domain` stands in where the column is empty. What cannot be read comes as faults."""
    lines = file.lines()
    try:
        yield from _entries(lines, domain=domain)
        yield from lines.faults
    finally:
        lines.close()


def _entries(lines: Lines, *, domain: str) -> Entries:
    first = next(lines, "")
    columns, delimiter = _columns(first)
    if wrong := _wrong_header(columns):
        yield Fault(line=max(lines.number, 1), reason=wrong)
        return
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = lines.number + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error) or "unexpected end" in str(error):
                yield Fault(line=line, reason="A quotation mark is opened here and not closed; the rest was not read.")
                return
            yield Fault(line=lines.number, reason=f"This is not CSV: {error}.")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            yield Fault(line=line, reason=f"The row has {len(cells)} columns, the header has {len(columns)}.")
            continue
        filled = [(name, cell) for name, cell in zip(columns, cells, strict=True) if name and cell.strip()]
        row = {name: unsafe(_newlines(cell)) for name, cell in filled}
        try:
            yield Entry(line=line, source=_source(row, domain=domain))
        except BadCell as error:
            yield Fault(line=line, code=row.get("code", "").strip()[:64], reason=str(error))


def _columns(first: str) -> tuple[list[str], str]:
    """The names in the header line and the delimiter that makes most sense of it."""
    readings = []
    for delimiter in (",", ";", "\t"):
        try:
            cells = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            cells = []
        names = [cell.strip().lower() for cell in cells]
        readings.append((sum(name in KNOWN for name in names), names, delimiter))
    _, names, delimiter = max(readings, key=lambda reading: reading[0])
    while names and not names[-1]:
        names.pop()
    return names, delimiter


def _wrong_header(columns: Sequence[str]) -> str:
    if missing := [name for name in REQUIRED if name not in columns]:
        return f"The first line must name the columns; missing: {', '.join(missing)}."
    if unknown := [name for name in columns if name not in KNOWN]:
        return f"There is no column {unknown[0][:40]!r}."
    if twice := [name for name in columns if columns.count(name) > 1]:
        return f"The column {twice[0]!r} occurs twice."
    return ""


def _source(row: Row, *, domain: str) -> Source:
    kind = _short(row, "type")
    if kind not in _READERS:
        raise BadCell(f"type: {kind[:40]!r} is none of {', '.join(sorted(_READERS))}.")
    _check_columns(row, kind)
    extra = _extra(row, kind)
    source: Source = {
        "type": kind,
        "code": _short(row, "code"),
        "domain": _short(row, "domain") or domain,
        "stem": row.get("stem", ""),
    }
    for name in ("skill", "difficulty", "scoring", "stimulus"):
        if name in row:
            source[name] = _short(row, name)
    if "points" in row:
        source["points"] = _whole("points", _short(row, "points"))
    if "explanation" in row:
        source["explanation"] = row["explanation"]
    if "tags" in row:
        source["tags"] = split(row["tags"], "|")
    return source | _READERS[kind](row, extra)


def _check_columns(row: Row, kind: str) -> None:
    used = COLUMNS[kind]
    for name in row:
        group = name.split("_")[0] if name in OPTIONS or name in WHYS else name
        if group in ("correct", "answer", "parts", "text", "option", "why") and group not in used:
            raise BadCell(f"{name}: {kind} items have nothing in this column.")


def _extra(row: Row, kind: str) -> dict[str, str]:
    extra: dict[str, str] = {}
    for line in row.get("extra", "").split("\n"):
        name, is_given, value = line.partition("=")
        name = name.strip().lower()
        if not line.strip():
            continue
        if not is_given:
            raise BadCell(f"extra: {line.strip()[:40]!r} is not written as name=value.")
        if name not in EXTRAS[kind]:
            known = ", ".join(sorted(EXTRAS[kind]))
            raise BadCell(f"extra: {kind} items have no {name[:40]!r}; they have: {known}.")
        if name in extra:
            raise BadCell(f"extra: {name} occurs twice.")
        extra[name] = value.strip()
    return extra


def _options(row: Row, extra: Mapping[str, str]) -> list[Source]:
    """The options that stand in the row, with ids and, where there are any, reasons."""
    filled = [index for index, name in enumerate(OPTIONS) if name in row]
    if filled != list(range(len(filled))):
        raise BadCell(f"{OPTIONS[filled[-1]]}: an option before it is empty.")
    ids = split(extra["ids"], "|") if "ids" in extra else list(LETTERS[: len(filled)])
    if len(ids) != len(filled):
        raise BadCell(f"extra: there are {len(ids)} ids for {len(filled)} options.")
    options = []
    for index, identifier in enumerate(ids):
        option: Source = {"id": identifier, "text": row[OPTIONS[index]]}
        if WHYS[index] in row:
            option["why"] = row[WHYS[index]]
        options.append(option)
    for name in WHYS[len(filled) :]:
        if name in row:
            raise BadCell(f"{name}: there is a reason but no such option.")
    return options


def _choice(row: Row, extra: Mapping[str, str]) -> Source:
    options = _options(row, extra)
    correct = split(row.get("correct", ""), "|")
    known = {option["id"] for option in options}
    for identifier in correct:
        if identifier not in known:
            raise BadCell(f"correct: there is no option {identifier[:16]!r}.")
    for option in options:
        if option["id"] in correct:
            option["correct"] = True
    source: Source = {"options": options}
    if "select" in extra:
        source["select"] = _whole("select", extra["select"])
    return source


def _true_false(row: Row, extra: Mapping[str, str]) -> Source:
    reasons = dict(zip(WHYS, ("true", "false", "not_given"), strict=False))
    for name in WHYS[3:]:
        if name in row:
            raise BadCell(f"{name}: there are three answers, so the reasons end with why_c.")
    source: Source = {
        # Spreadsheet programs turn the word into a truth value and write it back in capitals.
        "answer": _short(row, "answer").lower(),
        "why": {answer: row[name] for name, answer in reasons.items() if name in row},
    }
    if "labels" in extra:
        source["labels"] = extra["labels"]
    return source


def _matching(row: Row, extra: Mapping[str, str]) -> Source:
    prompts = []
    for fields in split_rows(row.get("parts", "")):
        if len(fields) not in (3, 4):
            raise BadCell("parts: write each prompt as id | text | option | why.")
        prompts.append(dict(zip(("id", "text", "answer", "why"), fields, strict=False)))
    source: Source = {"prompts": prompts, "options": _options(row, extra)}
    if "reuse" in extra:
        source["reuse"] = _truth("reuse", extra["reuse"])
    return source


def _ordering(row: Row, extra: Mapping[str, str]) -> Source:
    return {"options": _options(row, extra)}


def _gap_fill(row: Row, extra: Mapping[str, str]) -> Source:
    gaps = []
    for fields in split_rows(row.get("parts", ""), nested=1):
        if len(fields) not in (2, 3, 4):
            raise BadCell("parts: write each gap as id | accepted; accepted | max words | why.")
        gap: Source = {"id": fields[0], "accepted": fields[1]}
        if len(fields) > 2 and fields[2]:
            gap["max_words"] = _whole("parts: max words", str(fields[2]))
        if len(fields) > 3:
            gap["why"] = fields[3]
        gaps.append(gap)
    source: Source = {"text": row.get("text", ""), "gaps": gaps}
    if "choices" in extra:
        source["choices"] = split(extra["choices"], "|")
    return source | _normalise(extra)


def _short_text(row: Row, extra: Mapping[str, str]) -> Source:
    source: Source = {"accepted": split(row.get("answer", ""), "|")} | _only_reason(row)
    if "max_words" in extra:
        source["max_words"] = _whole("max_words", extra["max_words"])
    return source | _normalise(extra)


def _numeric(row: Row, extra: Mapping[str, str]) -> Source:
    source: Source = {"answer": _short(row, "answer")} | _only_reason(row)
    for name in ("tolerance", "tolerance_kind", "unit"):
        if name in extra:
            source[name] = extra[name]
    if "units" in extra:
        units = {}
        for field in split(extra["units"], "|"):
            unit, is_given, factor = field.rpartition(":")
            if not is_given:
                raise BadCell("extra: write units as GB:1 | MB:0.001.")
            if unit.strip() in units:
                raise BadCell(f"extra: the unit {unit.strip()[:32]!r} occurs twice.")
            units[unit.strip()] = factor.strip()
        source["units"] = units
    return source


def _only_reason(row: Row) -> Source:
    for name in WHYS[1:]:
        if name in row:
            raise BadCell(f"{name}: there is one reason only, in why_a.")
    return {"why": row["why_a"]} if "why_a" in row else {}


def _normalise(extra: Mapping[str, str]) -> Source:
    if "normalise" not in extra:
        return {}
    names = split(extra["normalise"], "|")
    wanted = set() if names == ["none"] else set(names)
    if unknown := wanted - set(NORMALISE):
        raise BadCell(f"extra: normalise knows {', '.join(NORMALISE)} and none, not {min(unknown)[:40]!r}.")
    return {"normalise": {name: name in wanted for name in NORMALISE}}


def _newlines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _short(row: Row, name: str) -> str:
    return row.get(name, "").strip()


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise BadCell(f"{name}: {text[:40]!r} is not a whole number that can be used here.")
    return int(text)


def _truth(name: str, text: str) -> bool:
    if text.lower() not in _TRUTH:
        raise BadCell(f"extra: {name} is true or false.")
    return _TRUTH[text.lower()]


_READERS: dict[str, Callable[[Row, Mapping[str, str]], Source]] = {
    "single_choice": _choice,
    "multiple_choice": _choice,
    "true_false_not_given": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "gap_fill": _gap_fill,
    "short_text": _short_text,
    "numeric": _numeric,
}
