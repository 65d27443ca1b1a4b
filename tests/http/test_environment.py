"""`.env.example` describes every variable that the settings read, and no other."""

import re
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"""\benv\.\w+\(\s*"([A-Z_]+)\"""")
DESCRIBED = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)
# Read by config.embedded before there are settings.
ELSEWHERE = {"LOCAL_SERVERS"}


def read_by_settings() -> set[str]:
    sources = [path.read_text() for path in (ROOT / "config" / "settings").glob("*.py")]
    return {name for source in sources for name in READ.findall(source)}


def test_the_example_and_the_settings_agree() -> None:
    described = DESCRIBED.findall((ROOT / ".env.example").read_text())
    assert len(described) == len(set(described))
    assert set(described) == read_by_settings() | ELSEWHERE


def test_every_variable_is_explained() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    for before, line in pairwise(lines):
        if DESCRIBED.match(line):
            assert before.startswith("# "), line


def test_an_example_that_is_copied_as_it_is_changes_nothing() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    assert all(line.startswith("#") or not line for line in lines)
