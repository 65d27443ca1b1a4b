"""What authors write, checked: the pack format of `exams/packs/README.md` for items and stimuli.

An item's `question`, `key` and `rationale` are the JSON that delivery, marking and review work with; their shapes are
described on `AuthoredItem`. Nothing here touches the database.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from config.kernel.markdown import render_markdown
from exams.bank.arrangements import Matching, MatchingOption, Ordering, Prompt, Step
from exams.bank.authored import Authored, AuthoredItem, content_digest
from exams.bank.choices import LABELS, Choice, MultipleChoice, SingleChoice, TrueFalseNotGiven, WhyTrueFalse, letters
from exams.bank.fields import Caption, InvalidItem, ItemCode, Passage, Title, fault, field_errors, written
from exams.bank.written import Gap, GapFill, Normalise, Numeric, ShortText

__all__ = [
    "LABELS",
    "AuthoredItem",
    "AuthoredStimulus",
    "Choice",
    "Gap",
    "GapFill",
    "InvalidItem",
    "Matching",
    "MatchingOption",
    "MultipleChoice",
    "Normalise",
    "Numeric",
    "Ordering",
    "Prompt",
    "ShortText",
    "SingleChoice",
    "Step",
    "TrueFalseNotGiven",
    "WhyTrueFalse",
    "content_digest",
    "letters",
    "parse_item",
    "parse_stimulus",
    "written",
]

AnyItem = Annotated[
    SingleChoice | MultipleChoice | TrueFalseNotGiven | Matching | Ordering | GapFill | ShortText | Numeric,
    Field(discriminator="type"),
]
# How the library speaks of texts that were trimmed before they were measured.
_LENGTH = re.compile(r"Value should have at most ([0-9]+) items after validation, not ([0-9]+)")
_ITEM: TypeAdapter[AuthoredItem] = TypeAdapter(AnyItem)
TYPES = frozenset(
    {
        "single_choice",
        "multiple_choice",
        "true_false_not_given",
        "matching",
        "ordering",
        "gap_fill",
        "short_text",
        "numeric",
    }
)


class AuthoredStimulus(Authored):
    """What several items refer to. `file` is the path of an image or a recording within the pack."""

    code: ItemCode
    kind: Literal["passage", "exhibit", "image", "audio"]
    title: Title | Literal[""] = ""
    body: Passage = ""
    file: Caption = ""
    attribution: Caption = ""

    @model_validator(mode="after")
    def _has_content(self) -> "AuthoredStimulus":
        if self.kind in ("passage", "exhibit") and not self.body:
            raise fault("body", f"A {self.kind} needs a body.")
        if self.kind in ("image", "audio") and not self.file:
            raise fault("file", f"An {self.kind} needs a file.")
        if self.kind in ("image", "audio") and not self.body:
            raise fault("body", "The body is missing: the description of an image or the transcript of audio.")
        return self

    def body_html(self) -> str:
        """The body as HTML."""
        return render_markdown(self.body) if self.body else ""


def parse_item(source: Mapping[str, Any]) -> AuthoredItem:
    """An item from what its author wrote. Raises InvalidItem, which names every fault by its path."""
    if not isinstance(source, Mapping):
        raise InvalidItem("An item must be a mapping of fields.")
    try:
        return _ITEM.validate_python(dict(source))
    except ValidationError as error:
        raise _invalid("item", source.get("code"), error) from None


def parse_stimulus(source: Mapping[str, Any]) -> AuthoredStimulus:
    """A stimulus from what its author wrote. Raises InvalidItem."""
    if not isinstance(source, Mapping):
        raise InvalidItem("A stimulus must be a mapping of fields.")
    try:
        return AuthoredStimulus.model_validate(dict(source))
    except ValidationError as error:
        raise _invalid("stimulus", source.get("code"), error) from None


def _invalid(what: str, code: object, error: ValidationError) -> InvalidItem:
    named = f"The {what} {code!r}" if isinstance(code, str) and code else f"An {what} without a code"
    faults = [
        (
            # The first part of the path is the type, which nobody wrote there.
            fault["loc"][1:] if fault["loc"] and fault["loc"][0] in TYPES else fault["loc"],
            fault["type"],
            _sentence(fault["type"], fault["msg"]),
        )
        for fault in error.errors(include_url=False, include_input=False)
    ]
    return InvalidItem(f"{named} is not right.", errors=field_errors(faults))


def _sentence(code: str, message: str) -> str:
    if code == "extra_forbidden":
        return "There is no such field here."
    if code == "missing":
        return "This field is missing."
    if code == "union_tag_not_found":
        return "The field `type` is missing."
    if code == "union_tag_invalid":
        return f"The type must be one of {', '.join(sorted(TYPES))}."
    if code == "too_short" and message.startswith("Value should have at least 1 item"):
        return "This must not be empty."
    if code == "too_long" and (length := _LENGTH.fullmatch(message)):
        return f"This is too long: it may have at most {length[1]} characters and has {length[2]}."
    return message.removeprefix("Value error, ")
