"""Moodle's GIFT format: its documented examples, what we refuse, and what survives a round trip."""

import io
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exams.bank.content import AuthoredItem, GapFill, Matching, Numeric, Ordering, parse_item
from exams.interchange.entries import Entry
from exams.interchange.files import Fault, TextFile
from exams.interchange.gift_reading import read_gift
from exams.interchange.gift_text import escape, to_markdown
from exams.interchange.gift_writing import Exported, Loss, write_gift
from tests.exams.authored import SPECIAL, items

MATH_RANGE = "::Q7::[markdown]What is pi?{#=3.1415:0.0001#Right ~#Think of circles}\n"


def read(text: str, domain: str = "1") -> list[Entry | Fault]:
    data = text.encode()
    return list(read_gift(TextFile.of(name="questions.gift", opener=lambda: io.BytesIO(data)), domain=domain))


def one(text: str) -> AuthoredItem:
    (entry,) = read(text)
    assert isinstance(entry, Entry), entry
    return parse_item({**entry.source, "domain": "1"})


def content(item: AuthoredItem) -> dict[str, Any]:
    return item.question() | item.key()


def test_multiple_choice_with_one_right_answer() -> None:
    item = one(
        "// a comment\n::Who's buried::Who's buried in Grant's tomb\\: the\\n general?{\n"
        "=Grant#Yes, he is.\n~no one#Somebody is.\n~Napoleon\n####Tombs are named for the dead.}\n"
    )
    assert item.kind == "single_choice"
    assert item.code == "Who-s-buried"
    assert item.stem == "Who's buried in Grant's tomb: the\n general?"
    assert item.key() == {"choice": "a"}
    assert item.reasons() == {"a": "Yes, he is.", "b": "Somebody is.", "c": ""}
    assert item.explanation == "Tombs are named for the dead."


def test_weights_make_several_right_answers() -> None:
    item = one("What two people are entombed?{~%-100%No one ~%50%Grant ~%50%Grant's wife ~%-100%Grant's father}")
    assert item.kind == "multiple_choice"
    assert item.key() == {"choices": ["b", "c"]}
    assert item.scoring == "partial"


def test_true_and_false_with_feedback() -> None:
    item = one("::T1::The sun rises in the east.{T#Look at a map.#Right.}")
    assert [option["html"] for option in item.question()["options"]] == ["True", "False"]
    assert item.key() == {"choice": "a"}
    assert item.reasons() == {"a": "Right.", "b": "Look at a map."}


@pytest.mark.parametrize("word", ["T", "TRUE", "true", "F", "FALSE"])
def test_words_for_truth(word: str) -> None:
    assert one(f"Is it?{{{word}}}").key() == {"choice": "a" if word[0].upper() == "T" else "b"}


def test_short_answers() -> None:
    item = one("Two plus two equals {=four =4#Digits will do. =%100%Four}")
    assert item.kind == "short_text"
    assert item.key()["accepted"] == ["four", "4", "Four"]


def test_a_missing_word_is_a_gap() -> None:
    item = one("Read on.\n\\n\\nMahatma Gandhi's birthday is in {=October =Oct.} of each year.")
    assert item.kind == "gap_fill"
    assert item.stem == "Read on."
    assert item.question()["html"].startswith("<p>Mahatma Gandhi's birthday is in <span data-gap")
    assert item.key()["gaps"] == {"1": ["October", "Oct."]}


def test_a_missing_word_with_options_shows_a_line() -> None:
    item = one("Grant is {~buried =entombed ~living} in the tomb.")
    assert item.kind == "single_choice"
    assert item.stem_html() == "<p>Grant is _____ in the tomb.</p>\n"


@pytest.mark.parametrize(
    ("braces", "number", "tolerance"),
    [
        ("#1822", "1822", "0"),
        ("#3.14:0.01", "3.14", "0.01"),
        ("#1..5", "3", "2"),
        ("#-2.5..-1.5", "-2", "0.5"),
        ("#=2:0#Yes", "2", "0"),
        (" # 3:0.5 ", "3", "0.5"),
    ],
)
def test_numbers(braces: str, number: str, tolerance: str) -> None:
    key = one(f"How much?{{{braces}}}").key()
    assert (key["number"], key["tolerance"]) == (number, tolerance)


def test_feedback_for_wrong_numbers_is_mentioned() -> None:
    (entry,) = read(MATH_RANGE)
    assert isinstance(entry, Entry)
    assert "feedback for wrong numbers" in entry.notices[0]


def test_matching_with_a_spare_option_and_one_used_twice() -> None:
    item = one("Match.{=cat -> animal =oak -> plant =dog -> animal = -> mineral}")
    assert isinstance(item, Matching)
    assert item.reuse
    assert [option.text for option in item.options] == ["animal", "plant", "mineral"]
    assert item.key() == {"pairs": {"1": "a", "2": "b", "3": "a"}}


def test_categories_name_the_domain() -> None:
    entries = read("$CATEGORY: $course$/top/Networks and/or cables\n\nQ1{T}\n\n$CATEGORY: a//b\n\nQ2{T}\n")
    assert [entry.source["domain"] for entry in entries if isinstance(entry, Entry)] == ["or cables", "a/b"]


def test_ids_and_tags_stand_in_the_comment_before() -> None:
    (entry,) = read("// question: 12  name: x\n// [id:A-1] [tag:cables] [tag:difficulty=hard] [tag:points=3]\nQ{T}")
    assert isinstance(entry, Entry)
    assert (entry.code, entry.source["tags"]) == ("A-1", ["cables"])
    assert (entry.source["difficulty"], entry.source["points"]) == ("hard", 3)


def test_a_question_without_a_name_has_a_code_that_stays() -> None:
    first, second = one("What is it?{=a}"), one("\n\nWhat is it?{=a}")
    assert first.code == second.code
    assert first.code.startswith("G-")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("One{T}\n\nWrite an essay.{}\n", 3, "essays"),
        ("One{T}\n\nJust a text.\n", 3, "description"),
        ("One {=a\n\nTwo{T}", 1, "not closed"),
        ("One{T}\n\n::A name that never ends{T}", 3, "does not end with ::"),
        ("One =a}", 1, "} without its partner"),
        ("One{ {=a} }", 1, "second {"),
        ("One{a =b}", 1, "start with = or ~"),
        ("One{=a =b ~c}", 1, "two options are right"),
        ("One{~a ~b}", 1, "no option is right"),
        ("One{=a ~%50%b}", 1, "a part of the mark"),
        ("One{~%60%a ~%40%b}", 1, "equal parts"),
        ("One{=%50%a =b}", 1, "a part of the mark"),
        ("One{=win*}", 1, "wildcard"),
        ("One{#x}", 1, "not a number"),
        ("One{#5..1}", 1, "backwards"),
        ("One{#=1 =2}", 1, "exactly one"),
        ("[html]<p>One <img src='x'></p>{T}", 1, "an image"),
        ("// [tag:points=many]\nOne{T}", 2, "whole number"),
        ("One{T\0}", 1, "NUL"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    faults = [entry for entry in read(text) if isinstance(entry, Fault)]
    assert any(fault.line == line and words.lower() in fault.reason.lower() for fault in faults), faults


def test_the_other_questions_are_still_read() -> None:
    assert [type(entry) for entry in read("A{T}\n\nB{}\n\nC{F}")] == [Entry, Fault, Entry]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("2*3*4 _a_ <b", "<p>2*3*4 _a_ &lt;b</p>\n"),
        ("[plain]<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("<b>bold</b> &amp; <i>slanted</i>", "<p><strong>bold</strong> &amp; <em>slanted</em></p>\n"),
        ("[html]<p>One</p><ul><li>a</li><li>b</li></ul>", "<p>One</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("[html]<pre>if (a*b)\n  go()</pre>", "<pre><code>if (a*b)\n  go()\n</code></pre>\n"),
        ("[html]a<br>b<script>x</script>", "<p>a<br>\nb</p>\n"),
        ('[html]<a href="javascript:x">go</a>', "<p>[go](javascript:x)</p>\n"),
        ("[markdown]**bold**", "<p><strong>bold</strong></p>\n"),
        ("1. not a list", "<p>1. not a list</p>\n"),
    ],
)
def test_formats_become_markdown(text: str, html: str) -> None:
    assert one(f"{escape(text)}{{T}}").stem_html() == html


@given(text=st.text(alphabet=SPECIAL))
def test_escapes_survive(text: str) -> None:
    question = f"[markdown]x{escape(text)}x{{T}}"
    (entry,) = read(question)
    assert isinstance(entry, Entry)
    assert entry.source["stem"] == f"x{text}x"


@given(text=st.text(alphabet=SPECIAL))
def test_plain_text_stays_what_it_is(text: str) -> None:
    from config.kernel.markdown import render_phrase

    assume(not text.strip().startswith("["))
    rendered = render_phrase(to_markdown(f"[plain]a {text} b"))
    assert "<em>" not in rendered
    assert "<strong>" not in rendered
    assert "<code>" not in rendered


CARRIED = (
    "single_choice",
    "multiple_choice",
    "true_false_not_given",
    "matching",
    "ordering",
    "gap_fill",
    "short_text",
    "numeric",
)


@pytest.mark.parametrize("kind", CARRIED)
@settings(max_examples=40)
@given(data=st.data())
def test_what_gift_can_carry_survives_a_round_trip(kind: str, data: st.DataObject) -> None:
    item = data.draw(items(kind, has_letters=True))
    losses: list[Loss] = []
    text = "".join(write_gift([Exported(item=item, domain_title="Things")], losses))
    if losses and losses[0].is_left_out:
        assert isinstance(item, GapFill | Matching | Ordering)
        assert "// Left out: " in text
        return
    if isinstance(item, GapFill):
        # The stem and the text are one in GIFT, parted by the last empty line before the gap.
        assume("\n\n" not in item.text.partition("{{")[0])
        assume(len(item.gaps) == 1 and item.gaps[0].id == "1")
    (entry,) = read(text)
    assert isinstance(entry, Entry), (entry, text)
    assert entry.source["domain"] == "1 Things"
    back = parse_item({**entry.source, "domain": "1"})
    if isinstance(item, Numeric):
        assert back.key() == item.key()
    assert back.source() == item.source(), text


def test_what_is_lost_is_said() -> None:
    losses: list[Loss] = []
    sources: list[dict[str, Any]] = [
        {
            "type": "gap_fill",
            "text": "{{1}} {{2}}",
            "gaps": [{"id": "1", "accepted": ["a"]}, {"id": "2", "accepted": ["b"]}],
        },
        {"type": "gap_fill", "text": "{{1}}", "gaps": [{"id": "1", "accepted": ["a"]}], "choices": ["a", "b"]},
        {"type": "ordering", "options": [{"id": "a", "text": "x", "why": "first"}, {"id": "b", "text": "y"}]},
        {"type": "ordering", "options": [{"id": "a", "text": "x -> y"}, {"id": "b", "text": "y"}]},
        {"type": "numeric", "answer": 1, "unit": "GB"},
    ]
    exported = [
        Exported(item=parse_item({"code": f"C-{index}", "domain": "1", "stem": "?", **source}))
        for index, source in enumerate(sources)
    ]
    exported.append(Exported(item=exported[-1].item.model_copy(update={"code": "C-9"}), has_file=True))
    text = "".join(write_gift(exported, losses))
    assert [(loss.code, loss.is_left_out) for loss in losses] == [
        ("C-0", True),
        ("C-1", True),
        ("C-2", False),
        ("C-3", True),
        ("C-4", False),
        ("C-9", True),
    ]
    assert "// Left out: C-0" in text
    assert "// Not carried in full: C-2" in text


def test_the_text_of_a_stimulus_goes_into_the_question() -> None:
    item = parse_item(
        {"code": "A", "domain": "1", "stem": "Why?", "type": "short_text", "accepted": ["x"], "stimulus": "P"}
    )
    losses: list[Loss] = []
    text = "".join(write_gift([Exported(item=item, stimulus_text="A passage.")], losses))
    assert one(text).stem == "A passage.\n\nWhy?"
    assert "part of the question" in losses[0].detail
