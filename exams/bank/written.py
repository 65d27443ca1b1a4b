"""Items that are answered by writing: gaps, short texts, numbers."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, field_serializer, field_validator, model_validator

from config.kernel.markdown import gaps_in, render_gaps
from exams.bank.authored import Authored, AuthoredItem, Json
from exams.bank.fields import (
    MAX_OPTIONS,
    Accepted,
    Number,
    PartId,
    Stem,
    Unit,
    Why,
    check_distinct,
    count_words,
    fault,
    written,
)


class Normalise(Authored):
    """What is disregarded when a written answer is compared with the accepted ones."""

    case: bool = True
    whitespace: bool = True
    punctuation: bool = True
    accents: bool = True
    articles: bool = False


class Gap(Authored):
    """One gap and what may stand in it."""

    id: PartId
    accepted: list[Accepted] = Field(min_length=1, max_length=50)
    max_words: int | None = Field(default=None, ge=1, le=50)
    why: Why = ""

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        check_words(self.accepted, self.max_words)
        return self


class GapFill(AuthoredItem):
    """A text with gaps `{{1}}`, to be filled freely or from a list of choices."""

    type: Literal["gap_fill"]
    text: Stem
    gaps: list[Gap] = Field(min_length=1, max_length=MAX_OPTIONS)
    choices: list[Accepted] | None = Field(default=None, min_length=2, max_length=MAX_OPTIONS)
    normalise: Normalise = Normalise()

    @model_validator(mode="after")
    def _gaps_in_text(self) -> Self:
        check_distinct((gap.id for gap in self.gaps), "gap id")
        standing = gaps_in(render_gaps(self.text))
        check_distinct(standing, "gap in the text")
        listed = [gap.id for gap in self.gaps]
        for missing in (gap for gap in listed if gap not in standing):
            raise fault("gap_missing", f"The gap {missing!r} is listed but {{{{{missing}}}}} is not in the text.")
        for unknown in (gap for gap in standing if gap not in listed):
            raise fault("gap_unknown", f"The text has {{{{{unknown}}}}}, but no gap {unknown!r} is listed.")
        if self.choices is not None:
            check_distinct(self.choices, "choice")
            for gap in self.gaps:
                if not set(gap.accepted) & set(self.choices):
                    raise fault("unreachable", f"None of the choices is accepted in gap {gap.id!r}.")
        return self

    def question(self) -> Json:
        return {
            "html": render_gaps(self.text),
            "gaps": [{"id": gap.id, "max_words": gap.max_words} for gap in self.gaps],
            "choices": self.choices,
        }

    def key(self) -> Json:
        return {"gaps": {gap.id: gap.accepted for gap in self.gaps}, "normalise": self.normalise.model_dump()}

    def reasons(self) -> Mapping[str, str]:
        return {gap.id: gap.why for gap in self.gaps}


class ShortText(AuthoredItem):
    """A few words."""

    type: Literal["short_text"]
    scoring: Literal["all_or_nothing"] = "all_or_nothing"
    accepted: list[Accepted] = Field(min_length=1, max_length=50)
    max_words: int | None = Field(default=None, ge=1, le=50)
    normalise: Normalise = Normalise()
    why: Why = ""

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        check_words(self.accepted, self.max_words)
        return self

    def question(self) -> Json:
        return {"max_words": self.max_words}

    def key(self) -> Json:
        return {"accepted": self.accepted, "normalise": self.normalise.model_dump()}

    def reasons(self) -> Mapping[str, str]:
        return {"answer": self.why}


class Numeric(AuthoredItem):
    """A number, within a tolerance, in a unit. `units` maps accepted units to the factors to `unit`."""

    type: Literal["numeric"]
    scoring: Literal["all_or_nothing"] = "all_or_nothing"
    answer: Number
    tolerance: Number = Decimal(0)
    tolerance_kind: Literal["absolute", "relative"] = "absolute"
    unit: Unit | None = None
    units: dict[Unit, Number] | None = Field(default=None, min_length=1, max_length=12)
    why: Why = ""

    @field_validator("tolerance")
    @classmethod
    def _not_negative(cls, value: Decimal) -> Decimal:
        if value < 0:
            raise fault("negative", "A tolerance cannot be negative.")
        return value

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.tolerance_kind == "relative" and self.tolerance > 1:
            raise fault("tolerance", "A relative tolerance is a share: 0.02 means 2 %.")
        if self.units is None:
            return self
        if self.unit is None:
            raise fault("unit", "units needs unit: the one that the answer is in.")
        for unit, factor in self.units.items():
            if factor <= 0:
                raise fault("factor", f"The factor of {unit!r} must be above 0.")
        if self.units.get(self.unit, Decimal(1)) != 1:
            raise fault("factor", f"The factor of {self.unit!r} itself must be 1.")
        return self

    @field_serializer("answer", "tolerance")
    def _plain(self, value: Decimal) -> str:
        return written(value)

    @field_serializer("units")
    def _plain_units(self, units: dict[str, Decimal] | None) -> dict[str, str] | None:
        return None if units is None else {unit: written(factor) for unit, factor in units.items()}

    def question(self) -> Json:
        """`units` lists what can be chosen; empty where the unit is fixed or there is none."""
        return {"unit": self.unit, "units": list(self._factors()) if self.units else []}

    def key(self) -> Json:
        return {
            "number": written(self.answer),
            "tolerance": written(self.tolerance),
            "tolerance_kind": self.tolerance_kind,
            "unit": self.unit,
            "units": {unit: written(factor) for unit, factor in self._factors().items()},
        }

    def reasons(self) -> Mapping[str, str]:
        return {"answer": self.why}

    def _factors(self) -> dict[str, Decimal]:
        """The accepted units with their factors, the item's own always among them."""
        factors = dict(self.units or {})
        if self.unit is not None:
            factors.setdefault(self.unit, Decimal(1))
        return factors


def check_words(accepted: Iterable[str], max_words: int | None) -> None:
    """Refuse accepted answers that are longer than a learner may write."""
    for answer in accepted:
        if max_words is not None and count_words(answer) > max_words:
            raise fault("too_many_words", f"{answer!r} has {count_words(answer)} words; max_words is {max_words}.")
