"""Items that are answered by choosing: one option, several options, or true, false and not given."""

from collections.abc import Mapping, Sequence
from typing import Literal, Self

from pydantic import BaseModel, Field, field_validator, model_validator

from config.kernel.markdown import render_phrase
from exams.bank.authored import Authored, AuthoredItem, Json
from exams.bank.fields import PartId, Phrase, Why, check_distinct, fault

LABELS = {
    "true_false": {"true": "True", "false": "False", "not_given": "Not given"},
    "yes_no": {"true": "Yes", "false": "No", "not_given": "Not given"},
}


class Choice(Authored):
    """An option, whether it is right, and why."""

    id: PartId
    text: Phrase
    correct: bool = False
    why: Why = ""


class _OptionsItem(AuthoredItem):
    options: list[Choice] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        check_distinct((option.id for option in self.options), "option id")
        check_distinct((option.text for option in self.options), "option text")
        return self

    def reasons(self) -> Mapping[str, str]:
        return {option.id: option.why for option in self.options}

    def _options(self) -> list[Json]:
        return [{"id": option.id, "html": render_phrase(option.text)} for option in self.options]

    def _right(self) -> list[str]:
        return [option.id for option in self.options if option.correct]


class SingleChoice(_OptionsItem):
    """Exactly one option is right."""

    type: Literal["single_choice"]
    scoring: Literal["all_or_nothing"] = "all_or_nothing"

    @model_validator(mode="after")
    def _one_right(self) -> Self:
        if len(self._right()) != 1:
            raise fault("one_correct", f"Exactly one option must be correct, not {len(self._right())}.")
        return self

    def question(self) -> Json:
        return {"options": self._options()}

    def key(self) -> Json:
        return {"choice": self._right()[0]}


class MultipleChoice(_OptionsItem):
    """One or more options are right."""

    type: Literal["multiple_choice"]
    select: int | None = Field(default=None, ge=1, le=8)

    @model_validator(mode="after")
    def _some_right(self) -> Self:
        right = len(self._right())
        if not right:
            raise fault("one_correct", "At least one option must be correct.")
        if self.select is not None and self.select != right:
            raise fault("select", f"select is {self.select}, but {right} options are correct.")
        return self

    def question(self) -> Json:
        return {"options": self._options(), "select": self.select}

    def key(self) -> Json:
        return {"choices": self._right()}


class WhyTrueFalse(BaseModel):
    """A reason for each of the three answers."""

    model_config = Authored.model_config

    true: Why = ""
    false: Why = ""
    not_given: Why = ""


class TrueFalseNotGiven(AuthoredItem):
    """Whether a statement agrees with the passage."""

    type: Literal["true_false_not_given"]
    scoring: Literal["all_or_nothing"] = "all_or_nothing"
    labels: Literal["true_false", "yes_no"] = "true_false"
    answer: Literal["true", "false", "not_given"]
    why: WhyTrueFalse = WhyTrueFalse()

    @field_validator("answer", mode="before")
    @classmethod
    def _unquoted_answer(cls, value: object) -> object:
        # Unquoted, YAML reads these two words as truth values; what is meant is plain all the same.
        return str(value).lower() if isinstance(value, bool) else value

    @field_validator("why", mode="before")
    @classmethod
    def _unquoted_why(cls, value: object) -> object:
        if isinstance(value, Mapping):
            return {str(name).lower() if isinstance(name, bool) else name: why for name, why in value.items()}
        return value

    def question(self) -> Json:
        return {
            "labels": self.labels,
            "options": [{"id": choice, "label": label} for choice, label in LABELS[self.labels].items()],
        }

    def key(self) -> Json:
        return {"choice": self.answer}

    def reasons(self) -> Mapping[str, str]:
        return {"true": self.why.true, "false": self.why.false, "not_given": self.why.not_given}


def letters(count: int) -> Sequence[str]:
    """The usual ids of options: a, b, c, …"""
    return "abcdefghijklmnopqrstuvwxyz"[:count]
