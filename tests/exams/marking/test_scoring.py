"""What an answer earns, type by type."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.bank.answers import MalformedAnswer, check_answer, is_empty
from exams.bank.content import parse_item
from exams.marking.scoring import fraction_of, normalise, parse_number, parts_of
from tests.factories.exams import ONE_OF_EACH

SHARED = {"code": "X", "domain": "1", "difficulty": "easy", "stem": "What?", "explanation": "So."}
DEFAULT = {"case": True, "whitespace": True, "punctuation": True, "accents": True, "articles": False}


def earns(fields, answer):
    item = parse_item({**SHARED, **fields})
    check_answer(type=item.type, question=item.question(), answer=answer)
    return fraction_of(type=item.type, scoring=item.scoring, key=item.key(), answer=answer)


def choices(*correct, scoring="partial"):
    options = [{"id": one, "text": one, "why": one, **({"correct": True} if one in correct else {})} for one in "abcde"]
    return {"type": "multiple_choice", "scoring": scoring, "options": options}


# Choices


@pytest.mark.parametrize(("answer", "fraction"), [({"choice": "a"}, 1), ({"choice": "b"}, 0), (None, 0)])
def test_single_choice_is_right_or_not(answer, fraction):
    assert earns(ONE_OF_EACH[0][0], answer) == fraction


@pytest.mark.parametrize(
    ("chosen", "partial", "whole"),
    [
        ("ab", 1, 1),
        ("ba", 1, 1),
        ("a", 0.5, 0),
        ("ac", 0, 0),
        ("abc", 0.5, 0),
        ("abcd", 0, 0),
        ("abcde", 0, 0),  # (2 − 3) ÷ 2, never below 0
        ("c", 0, 0),
        ("", 0, 0),
    ],
)
def test_multiple_choice_earns_right_minus_wrong(chosen, partial, whole):
    answer = {"choices": list(chosen)}
    assert earns(choices("a", "b"), answer) == partial
    assert earns(choices("a", "b", scoring="all_or_nothing"), answer) == whole


@pytest.mark.parametrize(("choice", "fraction"), [("not_given", 1), ("true", 0), ("false", 0)])
def test_true_false_not_given(choice, fraction):
    assert earns(ONE_OF_EACH[2][0], {"choice": choice}) == fraction


# Arrangements


@pytest.mark.parametrize(
    ("pairs", "partial"),
    [({"1": "x", "2": "y"}, 1), ({"1": "x"}, 0.5), ({"1": "x", "2": "z"}, 0.5), ({"1": "y", "2": "x"}, 0), ({}, 0)],
)
def test_matching_earns_the_share_of_prompts(pairs, partial):
    fields = ONE_OF_EACH[3][0]
    assert earns(fields, {"pairs": pairs}) == partial
    assert earns({**fields, "scoring": "all_or_nothing"}, {"pairs": pairs}) == (1 if partial == 1 else 0)


@pytest.mark.parametrize(("order", "partial"), [("012", 1), ("021", 1 / 3), ("102", 1 / 3), ("120", 0), ("210", 1 / 3)])
def test_ordering_earns_the_share_of_right_places(order, partial):
    fields = ONE_OF_EACH[4][0]
    ids = parse_item({**SHARED, **fields}).key()["order"]
    answer = {"order": [ids[int(place)] for place in order]}
    assert earns(fields, answer) == pytest.approx(partial)
    assert earns({**fields, "scoring": "all_or_nothing"}, answer) == (1 if partial == 1 else 0)


# Written answers


@pytest.mark.parametrize(
    ("gaps", "partial"),
    [
        ({"1": "sky", "2": "blue"}, 1),
        ({"1": " SKY. ", "2": "Grey"}, 1),
        ({"1": "sky"}, 0.5),
        ({"1": "sky", "2": "green"}, 0.5),
        ({"1": "", "2": "  "}, 0),
        ({"1": "blue", "2": "sky"}, 0),
    ],
)
def test_gap_fill_earns_the_share_of_gaps(gaps, partial):
    assert earns(ONE_OF_EACH[5][0], {"gaps": gaps}) == partial


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("least privilege", True),
        ("  Least\tPRIVILEGE ", True),
        ("least-privilege", True),
        ("least privilege.", True),
        ("“least privilege”", True),
        ("léast privilege", True),
        ("the least privilege", False),
        ("leastprivilege", False),
        ("most privilege", False),
        ("...", False),
        ("", False),
    ],
)
def test_short_text_is_compared_without_what_does_not_matter(text, is_right):
    assert earns(ONE_OF_EACH[6][0], {"text": text}) == is_right


@pytest.mark.parametrize(
    ("rules", "one", "other", "is_same"),
    [
        ({}, "Firewall", "firewall", True),
        ({"case": False}, "Firewall", "firewall", False),
        ({}, "straße", "STRASSE", True),
        ({}, "a  b", "a b", True),
        ({"whitespace": False}, "a  b", "a b", False),
        ({}, "don't", "don’t", True),
        ({}, "192.0.2.1", "192021", False),
        ({}, "e.g.", "e.g", True),
        ({"punctuation": False}, "e.g.", "e.g", False),
        ({}, "|", "&", False),
        ({}, "|", " | ", True),
        ({}, "café", "cafe", True),
        ({"accents": False}, "café", "cafe", False),
        ({"accents": False}, "cafe\u0301", "caf\u00e9", True),
        ({}, "the cat", "cat", False),
        ({"articles": True}, "The cat", "cat", True),
        ({"articles": True}, "An apple", "apple", True),
        ({"articles": True}, "theory", "ory", False),
        ({"articles": True}, "a", "", False),
    ],
)
def test_normalisation_rules(rules, one, other, is_same):
    rules = {**DEFAULT, **rules}
    assert (normalise(one, rules) == normalise(other, rules)) is is_same


@given(st.text(max_size=60), st.fixed_dictionaries({name: st.booleans() for name in DEFAULT}))
def test_it_does_not_matter_how_a_text_is_encoded_or_framed(text, rules):
    plain = normalise(unicodedata.normalize("NFC", text), rules)
    assert normalise(unicodedata.normalize("NFD", text), rules) == plain
    if rules["whitespace"]:
        assert normalise(f" \t{text}\n", rules) == plain


# Numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3.5", "3.5"),
        ("3,5", "3.5"),
        (" +3.50 ", "3.5"),
        ("-2", "-2"),
        ("−2", "-2"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0,125", "0.125"),
        ("1,234", "1234"),
        ("1,234,567.8", "1234567.8"),
        ("1 234 567", "1234567"),
        ("1\u00a0234", "1234"),
        ("1'234", "1234"),
        ("1’234", "1234"),
        ("1.234,5", "1234.5"),
        ("1.234.567,89", "1234567.89"),
        ("12,34", "12.34"),
        ("12345,678", "12345.678"),
        ("$1,000", "1000"),
        ("€ 5", "5"),
        ("1e3", "1000"),
        ("2.5E-3", "0.0025"),
    ],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", " ", "three", "3 4", "1,23,456", "1.2.3", "--3", "3-", "0x10", "1e9999", "nan", "inf", "1_000", "½"]
)
def test_what_is_no_number_is_none(text):
    assert parse_number(text) is None


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text):
    assert parse_number(text) is None or parse_number(text).is_finite()


NUMERIC = ONE_OF_EACH[7][0]


@pytest.mark.parametrize(
    ("number", "unit", "fraction"),
    [
        ("2.5", "GB", 1),
        ("2.5", None, 1),  # the unit of the item is meant
        ("2,5", "GB", 1),
        ("2500", "MB", 1),
        ("2,500", "MB", 1),
        ("2.6", "GB", 1),
        ("2.4", "GB", 1),
        ("2.61", "GB", 0),
        ("2601", "MB", 0),
        ("2.5", "MB", 0),
        ("", "GB", 0),
        ("much", "GB", 0),
    ],
)
def test_a_number_is_right_within_its_tolerance_in_any_accepted_unit(number, unit, fraction):
    assert earns(NUMERIC, {"number": number, "unit": unit}) == fraction


@pytest.mark.parametrize(("number", "fraction"), [("-100", 1), ("-102", 1), ("-98", 1), ("-102.01", 0), ("100", 0)])
def test_a_relative_tolerance_is_a_share_of_the_answer(number, fraction):
    fields = {"type": "numeric", "answer": -100, "tolerance": "0.02", "tolerance_kind": "relative"}
    assert earns(fields, {"number": number}) == fraction


def test_without_a_tolerance_the_number_must_be_exact():
    fields = {"type": "numeric", "answer": "0.3"}
    assert earns(fields, {"number": "0.30"}) == 1
    assert earns(fields, {"number": "0.3000001"}) == 0


# Parts and shapes


def test_parts_say_what_was_right():
    fields = choices("a", "b")
    key = parse_item({**SHARED, **fields}).key()
    assert parts_of(type="multiple_choice", key=key, answer={"choices": ["a", "c"]}) == {
        "a": True,
        "b": False,
        "c": False,
    }
    assert parts_of(type="multiple_choice", key=key, answer=None) == {}


@pytest.mark.parametrize("type", [fields["type"] for fields, _ in ONE_OF_EACH])
@given(
    answer=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["choice", "choices", "pairs", "order", "gaps", "text", "number", "unit", "1"]), inner
            )
        ),
        max_leaves=8,
    )
)
def test_an_answer_of_the_wrong_shape_earns_nothing_and_breaks_nothing(type, answer):
    fields, _ = next(pair for pair in ONE_OF_EACH if pair[0]["type"] == type)
    item = parse_item({**SHARED, **fields})
    fraction = fraction_of(type=type, scoring=item.scoring, key=item.key(), answer=answer)
    assert 0 <= fraction <= 1
    try:
        check_answer(type=type, question=item.question(), answer=answer)
    except MalformedAnswer:
        return
    assert isinstance(is_empty(answer), bool)


@pytest.mark.parametrize(
    ("answer", "empty"),
    [
        (None, True),
        ({}, True),
        ({"choice": "a"}, False),
        ({"choices": []}, True),
        ({"pairs": {}}, True),
        ({"text": "  "}, True),
        ({"text": "0"}, False),
        ({"number": "", "unit": "GB"}, True),
        ({"number": "0", "unit": None}, False),
        ({"gaps": {"1": "", "2": " "}}, True),
        ({"gaps": {"1": "", "2": "x"}}, False),
    ],
)
def test_what_counts_as_answered(answer, empty):
    assert is_empty(answer) is empty
