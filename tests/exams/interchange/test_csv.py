"""Spreadsheets of items: what is written is read back, and what is wrong is named by its line."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from exams.bank.content import AuthoredItem, parse_item
from exams.interchange.cells import BadCell, join, join_rows, safe, split, split_rows, unsafe
from exams.interchange.csv_reading import read_csv
from exams.interchange.csv_writing import write_csv
from exams.interchange.entries import Entry
from exams.interchange.files import Fault, TextFile
from tests.exams.authored import ALL_TYPES, SPECIAL, items

ROW = "code,domain,type,stem,option_a,option_b,correct\n"


def file_of(data: bytes) -> TextFile:
    return TextFile.of(name="items.csv", opener=lambda: io.BytesIO(data))


def read(data: bytes | str) -> list[Entry | Fault]:
    return list(read_csv(file_of(data.encode() if isinstance(data, str) else data)))


def parsed(entries: Sequence[Entry | Fault]) -> list[AuthoredItem]:
    assert not [entry for entry in entries if isinstance(entry, Fault)], entries
    return [parse_item(entry.source) for entry in entries if isinstance(entry, Entry)]


@pytest.mark.parametrize("kind", ALL_TYPES)
@hypothesis_settings(max_examples=25)
@given(data=st.data())
def test_what_is_written_is_read_back(kind: str, data: st.DataObject) -> None:
    written = data.draw(st.lists(items(kind), min_size=1, max_size=3))
    text = "".join(write_csv(written, options=26))
    assert parsed(read("\ufeff" + text)) == written
    assert parsed(read(text)) == written


@given(fields=st.lists(st.text(alphabet=SPECIAL + "\t", min_size=1), min_size=1, max_size=5))
def test_fields_survive_the_syntax_of_cells(fields: list[str]) -> None:
    assert split(join(fields, "|"), "|") == fields


@given(
    rows=st.lists(
        st.tuples(st.text(alphabet=SPECIAL), st.lists(st.text(alphabet=SPECIAL, min_size=1), min_size=1), st.just("x")),
        max_size=4,
    )
)
def test_rows_survive_the_syntax_of_cells(rows: list[tuple[str, list[str], str]]) -> None:
    assert split_rows(join_rows(rows), nested=1) == [list(row) for row in rows]


@given(cell=st.text(alphabet="'=+-@\t\r1.a"))
def test_a_formula_is_disarmed_and_restored(cell: str) -> None:
    assert unsafe(safe(cell)) == cell
    if cell.startswith(("=", "+", "@")):
        assert safe(cell).startswith("'")


def test_a_dangling_backslash_is_refused() -> None:
    with pytest.raises(BadCell):
        split("a | b\\", "|")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_and_newlines_are_found_out(delimiter: str, newline: str) -> None:
    rows = ["code,domain,type,stem,option_a,option_b,correct", "A-1,1,single_choice,Which?,Yes,No,a"]
    text = newline.join(row.replace(",", delimiter) for row in rows) + newline
    (item,) = parsed(read(text))
    assert item.code == "A-1"
    assert item.key() == {"choice": "a"}


def test_windows_1252_is_detected_and_announced() -> None:
    data = (ROW + "A-1,1,single_choice,Qué?,Sí,No – nunca,a\n").encode("cp1252")
    assert "line 2" in file_of(data).notice
    assert "Windows-1252" in file_of(data).notice
    (item,) = parsed(read(data))
    assert item.stem == "Qué?"


def test_line_breaks_within_cells_become_plain_ones() -> None:
    (item,) = parsed(read(ROW + 'A-1,1,single_choice,"One\r\nTwo",Yes,No,a\r\n'))
    assert item.stem == "One\nTwo"


def test_capitals_of_a_spreadsheet_program_are_taken() -> None:
    (item,) = parsed(read("code,domain,type,stem,answer\nT,1,true_false_not_given,Is it?,TRUE\n"))
    assert item.key() == {"choice": "true"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "name the columns"),
        ("code,stem\n", 1, "missing: type"),
        ("code,type,stem,colour\n", 1, "no column 'colour'"),
        ("code,type,stem,stem\n", 1, "occurs twice"),
        (ROW + "A-1,1,single_choice,Which?,Yes,No\n", 2, "6 columns, the header has 7"),
        (ROW + "A-1,1,riddle,Which?,Yes,No,a\n", 2, "'riddle' is none of"),
        (ROW + "A-1,1,single_choice,Which?,Yes,No,c\n", 2, "no option 'c'"),
        (ROW + "A-1,1,numeric,How many?,Yes,No,\n", 2, "nothing in this column"),
        (ROW + 'A-1,1,single_choice,"Which?,Yes,No,a\nB,1,x\n', 2, "not closed"),
        (ROW + 'A-1,1,single_choice,"Which"?,Yes,No,a\n', 2, "not CSV"),
        (ROW + "\n\nA-1,1,single_choice,Wh\0ich?,Yes,No,a\n", 4, "NUL"),
        (ROW + "A-1,1,single_choice," + "x" * 300_000 + ",Yes,No,a\n", 2, "longer than"),
        ("code,type,stem,option_a,option_c,correct\nA,single_choice,Q,Yes,No,a\n", 2, "an option before it is empty"),
        ("code,type,stem,answer,extra\nA,numeric,Q,1,colour=red\n", 2, "have no 'colour'"),
        ("code,type,stem,answer,extra\nA,numeric,Q,1,unit\n", 2, "name=value"),
        ("code,type,stem,answer,extra\nA,short_text,Q,x,max_words=many\n", 2, "not a whole number"),
        ("code,type,stem,option_a,option_b,parts\nA,matching,Q,X,Y,1 | only two\n", 2, "id | text | option | why"),
    ],
)
def test_a_fault_is_named_by_its_line(text: str, line: int, words: str) -> None:
    faults = [entry for entry in read(text) if isinstance(entry, Fault)]
    assert (faults[0].line, words in faults[0].reason) == (line, True), faults


def test_good_rows_around_a_bad_one_are_still_read() -> None:
    good = "{},1,single_choice,Which?,Yes,No,a\n"
    entries = read(ROW + good.format("A") + "B,1\n" + good.format("C"))
    assert [type(entry) for entry in entries] == [Entry, Fault, Entry]
    assert [entry.line for entry in entries] == [2, 3, 4]


def test_the_example_in_the_documentation_is_right() -> None:
    page = (Path(__file__).parents[3] / "docs" / "item-import.md").read_text()
    (item,) = parsed(read(page.partition("```csv\n")[2].partition("```")[0]))
    assert item.key() == {"choice": "b"}
    assert item.unexplained() == []
