"""What authors may write, and what becomes of it."""

from typing import Any

import pytest

from exams.bank.content import InvalidItem, content_digest, parse_item, parse_stimulus
from tests.factories.exams import ONE_OF_EACH, OPTIONS

BASE: dict[str, Any] = {"code": "A-1", "domain": "1", "stem": "What is it?", "explanation": "It is so."}


def item(**fields: Any) -> Any:
    return parse_item({**BASE, **fields})


def faults(**fields: Any) -> dict[str, str]:
    with pytest.raises(InvalidItem) as refused:
        item(**fields)
    return {error.field: error.detail for error in refused.value.errors}


@pytest.mark.parametrize(("source", "answer"), ONE_OF_EACH, ids=[source["type"] for source, _ in ONE_OF_EACH])
def test_each_type_is_read_and_read_again_from_its_own_source(source: dict[str, Any], answer: dict[str, Any]) -> None:
    once = item(**source)
    assert parse_item(once.source()) == once
    assert set(once.rationale()["why"]) == set(once.reasons())
    assert once.unexplained() == []


def test_a_question_does_not_hold_its_key() -> None:
    once = item(type="single_choice", options=OPTIONS)
    assert once.question() == {
        "options": [
            {"id": "a", "html": "The first"},
            {"id": "b", "html": "The second"},
            {"id": "c", "html": "The third"},
        ]
    }
    assert once.key() == {"choice": "a"}
    assert once.rationale() == {
        "explanation_html": "<p>It is so.</p>\n",
        "why": {"a": "It is.", "b": "It is not.", "c": "It is not either."},
    }


def test_the_ids_of_steps_say_nothing_about_their_order() -> None:
    steps = [{"id": name, "text": f"Step {name}", "why": f"Because {name}"} for name in "abcdef"]
    forwards, backwards = item(type="ordering", options=steps), item(type="ordering", options=steps[::-1])
    assert forwards.question() == backwards.question()
    assert forwards.key()["order"] == backwards.key()["order"][::-1]
    assert not {"a", "b", "c"} & {option["id"] for option in forwards.question()["options"]}
    assert set(forwards.rationale()["why"]) == set(forwards.key()["order"])


def test_gaps_stand_where_the_author_put_them() -> None:
    once = item(
        type="gap_fill",
        text="Run `chmod {{1}}` and\n\n| a |\n|---|\n| {{2}} |",
        gaps=[{"id": "1", "accepted": ["600"]}, {"id": "2", "accepted": ["x"], "max_words": 1}],
    )
    assert '<code>chmod <span data-gap="1"></span></code>' in once.question()["html"]
    assert '<td><span data-gap="2"></span></td>' in once.question()["html"]
    assert once.question()["gaps"] == [{"id": "1", "max_words": None}, {"id": "2", "max_words": 1}]


def test_a_number_is_kept_exactly() -> None:
    key = item(type="numeric", answer=0.1, tolerance="1e-3", unit="GB", units={"MB": 0.001}).key()
    assert key == {
        "number": "0.1",
        "tolerance": "0.001",
        "tolerance_kind": "absolute",
        "unit": "GB",
        "units": {"MB": "0.001", "GB": "1"},
    }
    assert item(type="numeric", answer=100).key()["number"] == "100"


def test_unquoted_truth_is_understood() -> None:
    once = item(type="true_false_not_given", answer=True, why={True: "Yes.", False: "No.", "not_given": "It is."})
    assert once.key() == {"choice": "true"}
    assert once.reasons() == {"true": "Yes.", "false": "No.", "not_given": "It is."}


def test_what_lacks_a_reason_is_named() -> None:
    once = parse_item(
        {**BASE, "explanation": "", "type": "single_choice", "options": [{**OPTIONS[0], "why": ""}, OPTIONS[1]]}
    )
    assert once.unexplained() == ["explanation", "why of a"]


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        ({}, "", "`type` is missing"),
        ({"type": "riddle"}, "", "must be one of"),
        ({"type": "single_choice"}, "options", "missing"),
        ({"type": "single_choice", "options": OPTIONS, "colour": "red"}, "colour", "no such field"),
        ({"type": "single_choice", "options": OPTIONS[1:]}, "", "Exactly one option"),
        ({"type": "single_choice", "options": OPTIONS[:1]}, "options", "at least 2"),
        ({"type": "single_choice", "options": [OPTIONS[0], OPTIONS[0]]}, "", "occurs twice"),
        ({"type": "single_choice", "options": OPTIONS, "scoring": "partial"}, "scoring", "all_or_nothing"),
        ({"type": "single_choice", "options": [{**OPTIONS[0], "id": 1}, OPTIONS[1]]}, "options.0.id", "quotes"),
        ({"type": "single_choice", "options": [{**OPTIONS[0], "id": "a b"}, OPTIONS[1]]}, "options.0.id", "pattern"),
        ({"type": "single_choice", "options": OPTIONS, "stem": " \n "}, "stem", "must not be empty"),
        ({"type": "single_choice", "options": OPTIONS, "stem": "a\0b"}, "stem", "U+0000"),
        ({"type": "single_choice", "options": OPTIONS, "stem": "a\ud800b"}, "stem", "U+D800"),
        ({"type": "single_choice", "options": OPTIONS, "stem": "x" * 20_001}, "stem", "at most 20000"),
        ({"type": "single_choice", "options": OPTIONS, "points": 0}, "points", "greater than or equal to 1"),
        ({"type": "single_choice", "options": OPTIONS, "points": "1"}, "points", "valid integer"),
        ({"type": "single_choice", "options": OPTIONS, "code": "-x"}, "code", "pattern"),
        ({"type": "single_choice", "options": OPTIONS, "tags": ["a=b"]}, "tags.0", "pattern"),
        ({"type": "multiple_choice", "options": OPTIONS, "select": 2}, "", "select is 2, but 1"),
        ({"type": "matching", "prompts": [], "options": []}, "prompts", "at least 1"),
        ({"type": "short_text", "accepted": ["one two three"], "max_words": 2}, "", "has 3 words"),
        ({"type": "short_text", "accepted": []}, "accepted", "at least 1"),
        ({"type": "short_text", "accepted": ["one\ntwo"]}, "accepted.0", "single line"),
        ({"type": "numeric", "answer": "three"}, "answer", "not a number"),
        ({"type": "numeric", "answer": float("nan")}, "answer", "not a number"),
        ({"type": "numeric", "answer": True}, "answer", "must be a number"),
        ({"type": "numeric", "answer": "1e40"}, "answer", "too large"),
        ({"type": "numeric", "answer": 1, "tolerance": -1}, "tolerance", "negative"),
        ({"type": "numeric", "answer": 1, "tolerance": 2, "tolerance_kind": "relative"}, "", "share"),
        ({"type": "numeric", "answer": 1, "units": {"GB": 1}}, "", "needs unit"),
        ({"type": "numeric", "answer": 1, "unit": "GB", "units": {"GB": 2}}, "", "must be 1"),
        ({"type": "numeric", "answer": 1, "unit": "GB", "units": {"MB": 0}}, "", "above 0"),
        ({"type": "gap_fill", "text": "No gap.", "gaps": [{"id": "1", "accepted": ["a"]}]}, "", "not in the text"),
        ({"type": "gap_fill", "text": "{{1}} {{2}}", "gaps": [{"id": "1", "accepted": ["a"]}]}, "", "no gap '2'"),
        ({"type": "gap_fill", "text": "{{1}} {{1}}", "gaps": [{"id": "1", "accepted": ["a"]}]}, "", "occurs twice"),
        (
            {"type": "gap_fill", "text": "{{1}}", "gaps": [{"id": "1", "accepted": ["a"]}], "choices": ["b", "c"]},
            "",
            "None of the choices",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_path(fields: dict[str, Any], path: str, words: str) -> None:
    found = faults(**fields)
    assert path in found, found
    assert words in found[path]


@pytest.mark.parametrize(
    ("answers", "reuse", "words"),
    [(["x", "q"], False, "there is none"), (["x", "x"], False, "reuse: true"), (["x", "x"], True, "")],
)
def test_pairs_must_be_reachable(answers: list[str], reuse: bool, words: str) -> None:
    fields = {
        "type": "matching",
        "prompts": [{"id": str(index), "text": f"P{index}", "answer": answer} for index, answer in enumerate(answers)],
        "options": [{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}],
        "reuse": reuse,
    }
    if words:
        assert words in faults(**fields)[""]
    else:
        assert item(**fields).key() == {"pairs": {"0": "x", "1": "x"}}


def test_the_digest_knows_content_from_place() -> None:
    def digest(number: int | None = None, **fields: Any) -> str:
        return content_digest(item(type="single_choice", options=OPTIONS, **fields), stimulus_number=number)

    same = digest()
    assert (
        same
        == digest(domain="2", skill="2.1", tags=["x"], code="B-2")
        == digest(points=1)
        == digest(stem="What is it?\n")
    )
    assert len({same, digest(points=2), digest(stem="Else?"), digest(1), digest(difficulty="hard")}) == 5


@pytest.mark.parametrize("source", [None, [], "text", {"code": 7}])
def test_anything_else_is_refused_without_a_crash(source: Any) -> None:
    with pytest.raises(InvalidItem):
        parse_item(source)
    with pytest.raises(InvalidItem):
        parse_stimulus(source)


@pytest.mark.parametrize(
    ("fields", "is_right"),
    [
        ({"kind": "passage", "body": "A text."}, True),
        ({"kind": "passage"}, False),
        ({"kind": "image", "body": "A chart."}, False),
        ({"kind": "image", "body": "A chart.", "file": "media/x.png"}, True),
        ({"kind": "audio", "file": "media/x.mp3"}, False),
        ({"kind": "film", "body": "x"}, False),
    ],
)
def test_a_stimulus_has_what_its_kind_needs(fields: dict[str, Any], is_right: bool) -> None:
    if is_right:
        assert parse_stimulus({"code": "S", **fields}).code == "S"
    else:
        with pytest.raises(InvalidItem):
            parse_stimulus({"code": "S", **fields})
