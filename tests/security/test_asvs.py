"""`docs/security/asvs.md` speaks of what there is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "security" / "asvs.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+)\S* \|(.*)\|$", re.MULTILINE)
PATH = re.compile(r"`([\w./-]+(?:/|\.\w+))`( \(pending\))?")
ROWS = ROW.findall(DOCUMENT.read_text())


def test_every_file_that_is_named_exists() -> None:
    for number, row in ROWS:
        evidence = row.rpartition("|")[2]
        for path, is_pending in PATH.findall(evidence):
            assert is_pending or (ROOT / path).exists(), f"{number}: {path}"


def test_every_requirement_has_evidence_or_does_not_apply() -> None:
    for number, row in ROWS:
        _, _, how, evidence = (cell.strip() for cell in row.split("|"))
        assert PATH.search(evidence) or evidence == "–", number
        assert how, number


def test_requirements_are_listed_once_and_in_order() -> None:
    numbers = [tuple(int(part) for part in number.split(".")) for number, _ in ROWS]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("chapter", range(1, 18))
def test_every_chapter_is_there(chapter: int) -> None:
    assert f"## V{chapter} " in DOCUMENT.read_text()
