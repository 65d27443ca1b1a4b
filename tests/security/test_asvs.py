"""`docs/security/asvs.md` speaks of what there is."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "security" / "asvs.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+)\S* \|(.*)\|$", re.MULTILINE)
# The number of a line, or the first and the last; the level, or both of the authorization server's.
SPANS = re.compile(r"^\| \d+\.\d+\.(\d+)(?:–\d+\.\d+\.(\d+))? \| (1|2|1, 2) \|", re.MULTILINE)
WEBRTC = 7
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


def test_every_requirement_of_both_levels_is_listed() -> None:
    """The standard has 70 of level 1 and 183 of level 2, of which 7 are about WebRTC and 5 plus 6 in one line."""
    listed: Counter[str] = Counter()
    for first, last, level in SPANS.findall(DOCUMENT.read_text()):
        count = int(last or first) - int(first) + 1
        listed.update({"1": 5, "2": count - 5} if level == "1, 2" else {level: count})
    assert listed == {"1": 70, "2": 183 - WEBRTC}


@pytest.mark.parametrize("chapter", range(1, 18))
def test_every_chapter_is_there(chapter: int) -> None:
    assert f"## V{chapter} " in DOCUMENT.read_text()
