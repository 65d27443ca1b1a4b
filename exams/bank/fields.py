"""The values that authored items are made of, with their limits: texts, ids, codes, numbers."""

import re
from collections.abc import Hashable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from config.kernel.errors import FieldError, Invalid

MAX_OPTIONS = 26
_NEVER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,2})?")


class InvalidItem(Invalid):
    """An authored item or stimulus is not right; `errors` names the fields by dotted paths (`options.2.why`)."""

    code = "invalid_item"


def fault(code: str, message: str) -> PydanticCustomError:
    """An error of a validator, in our own words."""
    return PydanticCustomError(code, "{message}", {"message": message})


def _printable(value: str) -> str:
    if found := _NEVER.search(value):
        raise fault("control_character", f"The character U+{ord(found[0]):04X} is not allowed here.")
    return value


def _text(value: str) -> str:
    return _printable(value.replace("\r\n", "\n").replace("\r", "\n")).lstrip("\n").rstrip()


def _line(value: str) -> str:
    if "\n" in value or "\r" in value:
        raise fault("one_line", "This must be a single line.")
    return _printable(value).strip()


def _words(value: str) -> str:
    return " ".join(_line(value).split())


def _quoted(value: object) -> object:
    """YAML reads some words and all digits as something else than text; say what to do about it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        kind = type(value).__name__
        raise fault("not_text", f"This must be text; put it in quotes (YAML reads {value!r} as {kind}).")
    raise fault("not_text", "This must be text.")


def _number(value: object) -> Decimal:
    """A decimal number, exactly as it was written. Floats come from YAML and count as their shortest form."""
    if isinstance(value, Decimal):
        written = str(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        written = repr(value)
    elif isinstance(value, str):
        written = value.strip()
    else:
        raise fault("not_a_number", "This must be a number.")
    if not _NUMBER.fullmatch(written):
        raise fault("not_a_number", f"{written[:40]!r} is not a number that can be used here (write 1234.5).")
    try:
        number = Decimal(written)
    except InvalidOperation:  # pragma: no cover - the pattern admits nothing that Decimal refuses
        raise fault("not_a_number", "This must be a number.") from None
    if number and not -20 <= number.adjusted() <= 20:
        raise fault("out_of_range", "The number is too large or too small.")
    return number


def written(number: Decimal) -> str:
    """A number as plain digits, the same for equal numbers: 3.50 → 3.5, 1E+2 → 100."""
    plain = format(number.normalize(), "f")
    return "0" if plain in ("-0", "0") else plain


Stem = Annotated[
    str, BeforeValidator(_quoted), AfterValidator(_text), StringConstraints(min_length=1, max_length=20_000)
]
Explanation = Annotated[str, BeforeValidator(_quoted), AfterValidator(_text), StringConstraints(max_length=20_000)]
Passage = Annotated[str, BeforeValidator(_quoted), AfterValidator(_text), StringConstraints(max_length=100_000)]
Phrase = Annotated[
    str, BeforeValidator(_quoted), AfterValidator(_text), StringConstraints(min_length=1, max_length=4_000)
]
Why = Annotated[str, BeforeValidator(_quoted), AfterValidator(_text), StringConstraints(max_length=4_000)]
Accepted = Annotated[
    str, BeforeValidator(_quoted), AfterValidator(_line), StringConstraints(min_length=1, max_length=200)
]
Title = Annotated[str, BeforeValidator(_quoted), AfterValidator(_line), StringConstraints(min_length=1, max_length=200)]
Caption = Annotated[str, BeforeValidator(_quoted), AfterValidator(_line), StringConstraints(max_length=300)]
PartId = Annotated[str, BeforeValidator(_quoted), StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,16}\z")]
ItemCode = Annotated[str, BeforeValidator(_quoted), StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
GroupCode = Annotated[str, BeforeValidator(_quoted), StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,15}\z")]
Tag = Annotated[
    str,
    BeforeValidator(_quoted),
    AfterValidator(_words),
    StringConstraints(min_length=1, max_length=40, pattern=r"^[^\[\]=|,;]*\z"),
]
Unit = Annotated[
    str,
    BeforeValidator(_quoted),
    AfterValidator(_line),
    StringConstraints(min_length=1, max_length=32, pattern=r"^[^\[\]=|,;:+]*\z"),
]
Number = Annotated[Decimal, BeforeValidator(_number)]
MaxWords = int | None


def count_words(text: str) -> int:
    """How many words a text has: what white space separates, so `state-of-the-art` is one."""
    return len(text.split())


def check_distinct(values: Iterable[Hashable], what: str) -> None:
    """Refuse a second occurrence of a value. `what` names one of them (`option id`)."""
    seen = set()
    for value in values:
        if value in seen:
            raise fault("duplicate", f"The {what} {value!r} occurs twice.")
        seen.add(value)


def field_errors(errors: Iterable[tuple[tuple[int | str, ...], str, str]]) -> tuple[FieldError, ...]:
    """Errors as (path, code, sentence), in the form that problems carry."""
    return tuple(FieldError(field=".".join(map(str, path)), code=code, detail=detail) for path, code, detail in errors)
