"""What is taken from a body: JSON that Python, PostgreSQL and every client understand in the same way."""

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from config.kernel.errors import FieldError, Invalid

MAX_DEPTH = 20
# Wider than any column; PostgreSQL would refuse it in the middle of a transaction.
MAX_INTEGER = 2**63 - 1


def parse_json(raw: bytes) -> Any:
    """The value of a JSON text in UTF-8 (RFC 8259).

    Raises ParseError for what is not JSON, NaN, infinities and too deep nesting; `Invalid`, naming the field, for
    texts that cannot be stored (NUL, half of a surrogate pair) and integers beyond 64 bits.
    """
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise ParseError("The body is not UTF-8.") from None
    except RecursionError:
        raise ParseError("The body is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise ParseError(f"The body is not valid JSON: {error.msg} at character {error.pos}.") from None
    except ValueError:
        raise ParseError("The body holds a number with too many digits.") from None
    _check(value)
    return value


def read_json(request: HttpRequest) -> Any:
    """The body of a Django request, `{}` when there is none. Raises as `parse_json`, and RequestDataTooBig."""
    raw = request.body
    return parse_json(raw) if raw else {}


class StrictJSONParser(JSONParser):
    """`parse_json` for Django REST framework, with the size limit that its own parser forgets."""

    def parse(
        self,
        stream: IO[Any] | HttpRequest,
        media_type: str | None = None,  # the base class has it
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The value of the body. Raises as `read_json`."""
        if isinstance(stream, HttpRequest):
            return parse_json(stream.body)
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read() if limit is None else stream.read(limit + 1)
        if limit is not None and len(raw) > limit:
            raise RequestDataTooBig
        return parse_json(raw)


def _refuse_constant(name: str) -> NoReturn:
    raise ParseError(f"The body is not valid JSON: {name}.")


def _check(root: Any) -> None:
    """Walk the value without recursion."""
    pending: list[tuple[Any, tuple[object, ...]]] = [(root, ())]
    while pending:
        value, path = pending.pop()
        kind = value.__class__
        if kind is str:
            _check_text(value, path)
        elif kind is dict or kind is list:
            if len(path) >= MAX_DEPTH:
                raise ParseError("The body is nested too deeply.")
            if kind is dict:
                for key, inner in value.items():
                    _check_text(key, path)
                    pending.append((inner, (*path, key)))
            else:
                pending.extend((inner, (*path, index)) for index, inner in enumerate(value))
        elif kind is int:
            if not -MAX_INTEGER <= value <= MAX_INTEGER:
                raise _invalid(path, "number_too_large", "The number is too large.")
        elif kind is float and value in (float("inf"), float("-inf")):
            raise _invalid(path, "number_too_large", "The number is too large.")


def _check_text(text: str, path: tuple[object, ...]) -> None:
    if "\0" in text:
        raise _invalid(path, "null_characters_not_allowed", "Null characters are not allowed.")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise _invalid(
                path, "surrogate_characters_not_allowed", "Half of a surrogate pair is not a character."
            ) from None


def _invalid(path: tuple[object, ...], code: str, detail: str) -> Invalid:
    field = ".".join(str(part) for part in path)
    return Invalid(detail if not field else "", errors=(FieldError(field=field, code=code, detail=detail),))
