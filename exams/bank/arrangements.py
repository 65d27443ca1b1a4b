"""Items that are answered by arranging: matching prompts with options, and putting steps in order."""

import hashlib
from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from config.kernel.markdown import render_phrase
from exams.bank.authored import Authored, AuthoredItem, Json
from exams.bank.fields import MAX_OPTIONS, PartId, Phrase, Why, check_distinct, fault


class Prompt(Authored):
    """What an option is to be found for. `answer` is the option's id."""

    id: PartId
    text: Phrase
    answer: PartId
    why: Why = ""


class MatchingOption(Authored):
    """An option to match with."""

    id: PartId
    text: Phrase


class Step(Authored):
    """One step of an order, and why it stands where it stands."""

    id: PartId
    text: Phrase
    why: Why = ""


class Matching(AuthoredItem):
    """Prompts to match with options. Options may outnumber prompts."""

    type: Literal["matching"]
    prompts: list[Prompt] = Field(min_length=1, max_length=MAX_OPTIONS)
    options: list[MatchingOption] = Field(min_length=2, max_length=MAX_OPTIONS)
    reuse: bool = False

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        check_distinct((prompt.id for prompt in self.prompts), "prompt id")
        check_distinct((option.id for option in self.options), "option id")
        check_distinct((prompt.text for prompt in self.prompts), "prompt text")
        check_distinct((option.text for option in self.options), "option text")
        known = {option.id for option in self.options}
        for prompt in self.prompts:
            if prompt.answer not in known:
                raise fault("unknown_option", f"Prompt {prompt.id!r} asks for option {prompt.answer!r}: there is none.")
        if not self.reuse:
            try:
                check_distinct((prompt.answer for prompt in self.prompts), "answer")
            except ValueError as error:
                raise fault("reuse", f"{error} Set reuse: true if an option may serve several prompts.") from None
        return self

    def question(self) -> Json:
        return {
            "prompts": [{"id": prompt.id, "html": render_phrase(prompt.text)} for prompt in self.prompts],
            "options": [{"id": option.id, "html": render_phrase(option.text)} for option in self.options],
            "reuse": self.reuse,
        }

    def key(self) -> Json:
        return {"pairs": {prompt.id: prompt.answer for prompt in self.prompts}}

    def reasons(self) -> Mapping[str, str]:
        return {prompt.id: prompt.why for prompt in self.prompts}


class Ordering(AuthoredItem):
    """Steps to put in order; the author lists them in the right one.

    Authors call the steps a, b, c, … in that order, so their ids would be the answer. `question`, `key` and `rationale`
    therefore use ids made from the texts, and the options stand sorted by those.
    """

    type: Literal["ordering"]
    options: list[Step] = Field(min_length=2, max_length=MAX_OPTIONS)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        check_distinct((option.id for option in self.options), "option id")
        check_distinct((option.text for option in self.options), "option text")
        return self

    def question(self) -> Json:
        options = [{"id": self._opaque(step), "html": render_phrase(step.text)} for step in self.options]
        return {"options": sorted(options, key=lambda option: option["id"])}

    def key(self) -> Json:
        return {"order": [self._opaque(step) for step in self.options]}

    def reasons(self) -> Mapping[str, str]:
        return {self._opaque(step): step.why for step in self.options}

    def _opaque(self, step: Step) -> str:
        return "o" + hashlib.sha256(f"{self.stem}\0{step.text}".encode()).hexdigest()[:11]
