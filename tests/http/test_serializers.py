"""What comes in: known fields only, each wrong one by its name."""

from typing import Any

import pytest
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from config.http.serializers import Input, Query


class GapIn(Input):
    """A part of `PaperIn`."""

    words = serializers.IntegerField(min_value=1)


class PaperIn(Input):
    """A body with a list of parts."""

    title = serializers.CharField(max_length=5)
    note = serializers.CharField(required=False)
    gaps = GapIn(many=True, required=False)


class PapersQuery(Query):
    """Query parameters."""

    search = serializers.CharField(required=False, max_length=5)
    is_open = serializers.BooleanField(required=False)


def sent(body: Any) -> Request:
    return Request(APIRequestFactory().post("/", body, format="json"), parsers=[JSONParser()])


def asked(query: str) -> Request:
    return Request(APIRequestFactory().get(f"/?{query}"))


def errors(body: Any) -> Any:
    with pytest.raises(ValidationError) as refusal:
        PaperIn.parse(sent(body))
    return refusal.value.get_codes()


def test_values_are_attributes_and_items() -> None:
    parsed = PaperIn.parse(sent({"title": "A", "gaps": [{"words": 2}]}))
    assert (parsed.title, parsed["title"], list(parsed)) == ("A", "A", ["title", "gaps"])
    assert "note" not in parsed
    with pytest.raises(AttributeError):
        _ = parsed.note


def test_a_partial_body_has_only_what_was_sent() -> None:
    assert dict(PaperIn.parse(sent({"note": "x"}), partial=True)) == {"note": "x"}


def test_unknown_fields_are_named_with_everything_else_that_is_wrong() -> None:
    assert errors({"title": "A", "colour": 1, "size": 2}) == {"colour": ["unknown_field"], "size": ["unknown_field"]}
    assert errors({"title": "too long", "colour": 1}) == {"title": ["max_length"], "colour": ["unknown_field"]}
    assert errors({"title": "A", "gaps": [{"words": 1}, {"words": 0, "x": 1}]}) == {
        "gaps": {1: {"words": ["min_value"], "x": ["unknown_field"]}}
    }


@pytest.mark.parametrize("body", [[], "x", 7, None, True])
def test_a_body_that_is_no_object_is_refused(body: Any) -> None:
    with pytest.raises(ValidationError):
        PaperIn.parse(sent(body))


def test_a_query_keeps_to_its_own_parameters() -> None:
    assert dict(PapersQuery.parse(asked("search=&page_size=5&cursor=x"))) == {}
    assert dict(PapersQuery.parse(asked("search=a&search=b&is_open=true"))) == {"search": "b", "is_open": True}
    with pytest.raises(ValidationError):
        PapersQuery.parse(asked("search=too+long"))
