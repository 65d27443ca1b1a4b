"""Whatever is sent, the answer is a problem that names what is wrong, never a failure of ours."""

import json
from contextlib import suppress

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import APIException

from config.http.parsing import MAX_DEPTH, parse_json
from config.kernel.errors import DomainError
from tests.http.problem import csrf, problem

THINGS = "/api/v1/things/"
SIGN_IN = "/_allauth/browser/v1/auth/login"


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


@pytest.mark.django_db
@pytest.mark.parametrize("path", [THINGS, SIGN_IN, "/api/v1/sittings/7/test/"])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "parse_error"),
        (b'{"name": NaN}', "parse_error"),
        (b'{"name": Infinity}', "parse_error"),
        (b'{"name": "\xff"}', "parse_error"),
        (b"\xef\xbb\xbf{}", "parse_error"),
        (nested(200), "parse_error"),
        (nested(100_000), "parse_error"),
        (b"[" * 100_000, "parse_error"),
        (b'{"name": ' + b"9" * 5000 + b"}", "parse_error"),
        (b'{"name": "a\\u0000b"}', "validation_error"),
        (b'{"name": "\\ud800"}', "validation_error"),
        (b'{"a\\u0000b": 1}', "validation_error"),
        (b'{"name": 1e999}', "validation_error"),
        (b'{"name": 9223372036854775808}', "validation_error"),
    ],
)
def test_bodies_that_cannot_be_taken(browser: Client, path: str, body: bytes, code: str) -> None:
    send = browser.put if "sittings" in path else browser.post
    problem(send(path, body, content_type="application/json", headers=csrf(browser)), 400, code)


@pytest.mark.django_db
def test_the_field_with_the_bad_text_is_named(browser: Client) -> None:
    body = {"name": "thing", "parts": [{"size": 1}, {"size": "a\0b"}]}
    response = browser.post(THINGS, json.dumps(body), content_type="application/json", headers=csrf(browser))
    [error] = problem(response, 400, "validation_error")["errors"]
    assert error["field"] == "parts.1.size"
    assert error["code"] == "null_characters_not_allowed"


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"[]", b'"text"', b"1", b"null", b"true"])
def test_bodies_that_are_no_object(browser: Client, body: bytes) -> None:
    problem(browser.post(THINGS, body, content_type="application/json", headers=csrf(browser)), 400, "validation_error")
    problem(browser.post(SIGN_IN, body, content_type="application/json", headers=csrf(browser)), 400, "parse_error")


@pytest.mark.django_db
def test_null_characters_in_addresses(visitor: Client) -> None:
    problem(visitor.get("/api/v1/open/?search=a%00b"), 400, "validation_error")
    problem(visitor.get("/api/v1/failing/a%00b/"), 404, "not_found")
    for path, status in (("/a%00b", 404), ("/?a=%00", 400)):
        page = visitor.get(path)
        assert page.status_code == status
        assert page.headers["Content-Type"].startswith("text/html")
    assert visitor.get("/api/v1/open/?search=%2500").status_code == 200


@pytest.mark.django_db
def test_a_charset_that_does_not_exist_is_ignored_because_json_is_utf8(browser: Client) -> None:
    body = b'{"name": "\xc3\xa9"}'
    response = browser.generic(
        "POST", THINGS, body, content_type="application/json; charset=nix", headers=csrf(browser)
    )
    assert response.json() == {"name": "é"}


def test_the_deepest_body_that_is_taken() -> None:
    assert parse_json(nested(MAX_DEPTH))
    with pytest.raises(APIException):
        parse_json(nested(MAX_DEPTH + 1))


def test_the_last_of_duplicate_keys_counts() -> None:
    assert parse_json(b'{"a": 1, "a": 2}') == {"a": 2}


@given(st.binary(max_size=60))
def test_no_bytes_at_all_make_the_parser_fail(raw: bytes) -> None:
    with suppress(APIException, DomainError):
        parse_json(raw)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(values)
def test_ordinary_json_arrives_as_it_was_sent(value: object) -> None:
    assert parse_json(json.dumps(value).encode()) == value
