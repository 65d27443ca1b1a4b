r"""The small syntax within cells of a spreadsheet: fields between separators, a backslash before what is meant as such.

`a | b \| c` is the two fields `a` and `b | c`; `\n` is a line break, `\\` a backslash, and `\ ` a space that is kept at
the end of a field. White space around fields does not count.
"""

import re
from collections.abc import Iterable

# What a spreadsheet program would take for a formula (CWE-1236).
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_QUOTED_FORMULA = re.compile(r"'+[=+\-@\t\r]")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

# A character, and whether a backslash stood before it.
Marked = list[tuple[str, bool]]


class BadCell(ValueError):
    """A cell that does not keep to the syntax; its text says how."""


def split(text: str, separator: str) -> list[str]:
    """The fields of a cell; none for an empty cell. Raises BadCell."""
    return [_plain(field) for field in _cut(_marked(text), separator)] if text.strip() else []


def join(fields: Iterable[str], separator: str) -> str:
    """The cell of some fields; `split` reads it back."""
    return f" {separator} ".join(_escaped(field, separator) for field in fields)


def split_rows(text: str, *, nested: int | None = None) -> list[list[str | list[str]]]:
    """One row of fields for each line of the cell; the field number `nested` is a list itself, between semicolons."""
    rows: list[list[str | list[str]]] = []
    for line in text.split("\n"):
        if line.strip():
            fields = _cut(_marked(line), "|")
            rows.append(
                [
                    [_plain(part) for part in _cut(field, ";")] if index == nested else _plain(field)
                    for index, field in enumerate(fields)
                ]
            )
    return rows


def join_rows(rows: Iterable[Iterable[str | list[str]]]) -> str:
    """The cell of some rows; `split_rows` reads it back."""
    return "\n".join(
        " | ".join(
            "; ".join(_escaped(part, "|;") for part in field) if isinstance(field, list) else _escaped(field, "|")
            for field in row
        )
        for row in rows
    )


def safe(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet program would run it as a formula."""
    if _FORMULA.match(cell) and not _PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def unsafe(cell: str) -> str:
    """What `safe` was given."""
    return cell[1:] if _QUOTED_FORMULA.match(cell) else cell


def _marked(text: str) -> Marked:
    marked: Marked = []
    characters = iter(text)
    for character in characters:
        if character != "\\":
            marked.append((character, False))
            continue
        following = next(characters, None)
        if following is None:
            raise BadCell("There is a single backslash at the end; write two for one.")
        marked.append(("\n" if following == "n" else following, True))
    return marked


def _cut(marked: Marked, separator: str) -> list[Marked]:
    parts: list[Marked] = [[]]
    for character, is_literal in marked:
        if character == separator and not is_literal:
            parts.append([])
        else:
            parts[-1].append((character, is_literal))
    return parts


def _plain(field: Marked) -> str:
    start, end = 0, len(field)
    while start < end and field[start][0].isspace() and not field[start][1]:
        start += 1
    while end > start and field[end - 1][0].isspace() and not field[end - 1][1]:
        end -= 1
    return "".join(character for character, _ in field[start:end])


def _escaped(field: str, separators: str) -> str:
    special = {"\\", *separators}
    last = len(field) - 1
    written = []
    for index, character in enumerate(field):
        if character == "\n":
            written.append("\\n")
        elif character in special or (index in (0, last) and character.isspace()):
            written.append(f"\\{character}")
        else:
            written.append(character)
    return "".join(written)
