"""What all types of authored items share."""

import hashlib
import json
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from config.kernel.markdown import render_markdown, render_phrase
from exams.bank.fields import Explanation, GroupCode, ItemCode, Stem, Tag

Json = dict[str, Any]


class Authored(BaseModel):
    """A part of what an author writes: strict about types, and about fields that nobody knows."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class AuthoredItem(Authored):
    """One item as its author wrote it, in the format of `exams/packs/README.md`.

    `code`, `domain`, `skill` and `tags` say where the item belongs; everything else is its content. `type` is given by
    each subclass.
    """

    # What the item is about rather than what it says: kept with the item, not with a version of it.
    CLASSIFICATION: ClassVar[frozenset[str]] = frozenset({"code", "domain", "skill", "tags"})

    code: ItemCode
    domain: GroupCode
    skill: GroupCode | None = None
    difficulty: Literal["easy", "medium", "hard"] = "medium"
    stimulus: ItemCode | None = None
    points: int = Field(default=1, ge=1, le=100)
    scoring: Literal["all_or_nothing", "partial"] = "all_or_nothing"
    stem: Stem
    explanation: Explanation = ""
    tags: list[Tag] = Field(default_factory=list, max_length=20)

    @property
    def kind(self) -> str:
        """The item type's name, as in the field `type`."""
        return str(getattr(self, "type"))  # noqa: B009 - each subclass has its own Literal

    @abstractmethod
    def question(self) -> Json:
        """What a learner may see, by type:

        single_choice `{options: [{id, html}]}` · multiple_choice `{options, select: int | None}` ·
        true_false_not_given `{labels, options: [{id, label}]}` · matching `{prompts: [{id, html}], options, reuse}` ·
        ordering `{options}` · gap_fill `{html, gaps: [{id, max_words}], choices: [str] | None}` ·
        short_text `{max_words}` · numeric `{unit, units: [str]}`.
        """

    @abstractmethod
    def key(self) -> Json:
        """What marks an answer, by type:

        single_choice, true_false_not_given `{choice}` · multiple_choice `{choices}` ·
        matching `{pairs: {prompt: option}}` · ordering `{order}` ·
        gap_fill `{gaps: {id: [accepted]}, normalise}` · short_text `{accepted, normalise}` ·
        numeric `{number, tolerance, tolerance_kind, unit, units: {unit: factor}}`, numbers as plain digits in text.
        """

    @abstractmethod
    def reasons(self) -> Mapping[str, str]:
        """Why each part is right or wrong, in Markdown, by its id as `question` and `key` name it; "" where none.

        The only reason of a short text or a number stands under `answer`.
        """

    def rationale(self) -> Json:
        """What the review shows: `{explanation_html, why: {part id: html}}`."""
        return {
            "explanation_html": render_markdown(self.explanation) if self.explanation else "",
            "why": {part: render_phrase(why) for part, why in self.reasons().items() if why},
        }

    def stem_html(self) -> str:
        """The stem as HTML."""
        return render_markdown(self.stem)

    def unexplained(self) -> list[str]:
        """What lacks an explanation: `explanation`, or `why` of a part. Content packs must explain everything."""
        missing = [] if self.explanation else ["explanation"]
        return missing + [f"why of {part}" for part, why in self.reasons().items() if not why]

    def content(self) -> Json:
        """The item without its classification, as JSON without defaults: what a version keeps as its source."""
        return self.model_dump(mode="json", exclude=set(self.CLASSIFICATION), exclude_defaults=True)

    def source(self) -> Json:
        """The whole item as JSON in the pack format; `parse_item` reads it back."""
        return self.model_dump(mode="json", exclude_defaults=True)


def content_digest(item: AuthoredItem, *, stimulus_number: int | None) -> str:
    """SHA-256 (hex) of everything that makes the content of a version; a changed stimulus is a changed item."""
    content = {"content": item.content(), "stimulus": stimulus_number}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
