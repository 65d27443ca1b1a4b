"""Items written in Moodle's GIFT format: exactly where GIFT can, as the nearest thing where it nearly can, else not.

Every loss is reported by the item's code. `gift_reading` makes the same content of what can be carried; what GIFT has
no words for (skill, difficulty, points, …) travels in tags.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exams.bank.content import (
    LABELS,
    AuthoredItem,
    GapFill,
    Matching,
    MultipleChoice,
    Normalise,
    Numeric,
    Ordering,
    ShortText,
    SingleChoice,
    TrueFalseNotGiven,
    written,
)
from exams.interchange.gift_tags import NORMALISE
from exams.interchange.gift_text import escape


@dataclass(frozen=True, kw_only=True)
class Exported:
    """An item on its way out, with what stands beside it in the bank."""

    item: AuthoredItem
    domain_title: str = ""
    # The text of its passage or exhibit, and whether it has a file instead.
    stimulus_text: str = ""
    has_file: bool = False


@dataclass(frozen=True, kw_only=True)
class Loss:
    """What GIFT could not carry of an item. The item itself is left out, or only what `detail` says."""

    code: str
    detail: str
    is_left_out: bool

    def __str__(self) -> str:
        return f"{self.code}: {'left out, ' if self.is_left_out else ''}{self.detail}"


class LeftOut(ValueError):
    """GIFT has nothing like this; the text says what."""


@dataclass(kw_only=True)
class _Body:
    """What stands in the braces, what stands after them, what else goes into tags, and what is lost."""

    answers: str
    before: str = ""
    after: str = ""
    tags: tuple[str, ...] = ()
    lost: str = ""


def write_gift(items: Iterable[Exported], losses: list[Loss]) -> Iterator[str]:
    """The file piece by piece, by category. What is lost is added to `losses`, and noted in the file's comments."""
    category = None
    before = len(losses)
    for exported in items:
        try:
            question, lost = _question(exported)
        except LeftOut as reason:
            losses.append(Loss(code=exported.item.code, detail=str(reason), is_left_out=True))
            yield f"// Left out: {exported.item.code}: {reason}\n\n"
            continue
        losses += [Loss(code=exported.item.code, detail=detail, is_left_out=False) for detail in lost]
        name = f"{exported.item.domain} {exported.domain_title}".strip()
        if name != category:
            category = name
            yield f"$CATEGORY: $course$/top/{name.replace('/', '//')}\n\n"
        yield f"{question}\n\n"
    for loss in losses[before:]:
        if not loss.is_left_out:
            yield f"// Not carried in full: {loss}\n"


def _question(exported: Exported) -> tuple[str, list[str]]:
    item = exported.item
    if exported.has_file:
        raise LeftOut("it refers to an image or a recording")
    body = _WRITERS[type(item)](item)
    lost = [body.lost] if body.lost else []
    stem = item.stem
    if exported.stimulus_text:
        stem = f"{exported.stimulus_text}\n\n{stem}"
        lost.append(f"the text of {item.stimulus} became part of the question")
    tags = "".join(f" [tag:{tag}]" for tag in (*item.tags, *_shared_tags(item), *body.tags))
    general = f"####{escape(item.explanation)}" if item.explanation else ""
    text = escape(f"{stem}\n\n{body.before}" if body.before else stem)
    braces = f"{{{body.answers}{general}}}"
    comment = f"// [id:{item.code}]{tags}"
    return f"{comment}\n::{escape(item.code)}::[markdown]{text}{braces}{escape(body.after)}", lost


def _shared_tags(item: AuthoredItem) -> Iterator[str]:
    if item.skill is not None:
        yield f"skill={item.skill}"
    if item.difficulty != "medium":
        yield f"difficulty={item.difficulty}"
    if item.points != 1:
        yield f"points={item.points}"
    usual = "partial" if isinstance(item, MultipleChoice | Matching | Ordering) else "all_or_nothing"
    if item.scoring != usual:
        yield f"scoring={item.scoring}"


def _single(item: SingleChoice) -> _Body:
    return _Body(
        answers="".join(
            _answer("=" if option.correct else "~", 100 if option.correct else 0, option.text, option.why)
            for option in item.options
        )
    )


def _multiple(item: MultipleChoice) -> _Body:
    right = sum(option.correct for option in item.options)
    gain = Decimal(100) / right
    loss = -gain if item.scoring == "partial" else Decimal(-100)
    return _Body(
        answers="".join(
            _answer("~", gain if option.correct else loss, option.text, option.why, is_weighted=True)
            for option in item.options
        ),
        tags=() if item.select is None else (f"select={item.select}",),
    )


def _true_false(item: TrueFalseNotGiven) -> _Body:
    reasons = item.reasons()
    return _Body(
        answers="".join(
            _answer("=" if answer == item.answer else "~", 100 if answer == item.answer else 0, label, reasons[answer])
            for answer, label in LABELS[item.labels].items()
        ),
        tags=("type=true_false_not_given", *(() if item.labels == "true_false" else (f"labels={item.labels}",))),
    )


def _matching(item: Matching) -> _Body:
    texts = {option.id: option.text for option in item.options}
    used = {prompt.answer for prompt in item.prompts}
    pairs = [(prompt.text, texts[prompt.answer]) for prompt in item.prompts]
    pairs += [("", option.text) for option in item.options if option.id not in used]
    met = list(dict.fromkeys(option for _, option in pairs))
    places = [str(list(texts.values()).index(option) + 1) for option in met]
    tags = ["reuse=true"] if item.reuse else []
    if len(places) > 1 and places != sorted(places, key=int):
        tags.append(f"order={'+'.join(places)}")
    return _Body(
        answers=_pairs(pairs),
        tags=tuple(tags),
        lost="the reasons of its pairs are not carried" if any(prompt.why for prompt in item.prompts) else "",
    )


def _ordering(item: Ordering) -> _Body:
    return _Body(
        answers=_pairs((str(place), step.text) for place, step in enumerate(item.options, start=1)),
        tags=("type=ordering",),
        lost="written as matching of places"
        + (", without its reasons" if any(step.why for step in item.options) else ""),
    )


def _gap_fill(item: GapFill) -> _Body:
    if len(item.gaps) > 1:
        raise LeftOut("GIFT has room for one gap only")
    if item.choices is not None:
        raise LeftOut("GIFT has no gaps with a list of choices")
    gap = item.gaps[0]
    before, _, after = item.text.partition(f"{{{{{gap.id}}}}}")
    return _Body(
        before=before or " ",
        after=after,
        answers=_accepted(gap.accepted, gap.why),
        tags=("type=gap_fill", *_words(gap.max_words), *_normalise(item.normalise)),
    )


def _short_text(item: ShortText) -> _Body:
    return _Body(
        answers=_accepted(item.accepted, item.why), tags=(*_words(item.max_words), *_normalise(item.normalise))
    )


def _numeric(item: Numeric) -> _Body:
    tags = []
    tolerance = item.tolerance
    if item.tolerance_kind == "relative":
        tags += [f"tolerance={written(tolerance)}", "tolerance_kind=relative"]
        tolerance = abs(item.answer) * tolerance
    if item.unit is not None:
        tags.append(f"unit={item.unit}")
    if item.units is not None:
        tags.append("units=" + "+".join(f"{unit}:{written(factor)}" for unit, factor in item.units.items()))
    feedback = f"#{_text(item.why)}" if item.why else ""
    return _Body(
        answers=f"#{written(item.answer)}:{written(tolerance)}{feedback}",
        tags=tuple(tags),
        lost="its unit is not asked for" if item.unit is not None else "",
    )


def _answer(mark: str, weight: Decimal | int, text: str, why: str, *, is_weighted: bool = False) -> str:
    # A text that looks like a weight of its own needs one before it.
    stated = f"%{_percent(weight)}%" if is_weighted or text.lstrip().startswith("%") else ""
    return f"{mark}{stated}{_text(text)}{f'#{_text(why)}' if why else ''}"


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    written_pairs = []
    for prompt, option in pairs:
        if "->" in prompt or "->" in option:
            raise LeftOut("one of its texts has the arrow -> that GIFT uses itself")
        written_pairs.append(f"={_text(prompt)} -> {_text(option)}")
    return "".join(written_pairs)


def _accepted(accepted: Iterable[str], why: str) -> str:
    answers = []
    for index, answer in enumerate(accepted):
        text = answer.replace("*", "\\*")
        stated = "%100%" if text.startswith("%") else ""
        kind = "[plain]" if text.startswith("[") else ""
        answers.append(f"={stated}{kind}{escape(text)}{f'#{_text(why)}' if why and not index else ''}")
    return "".join(answers)


def _text(text: str) -> str:
    """A text within the braces: it has the question's format unless it starts like one of its own."""
    return f"{'[markdown]' if text.startswith('[') else ''}{escape(text)}"


def _words(max_words: int | None) -> tuple[str, ...]:
    return () if max_words is None else (f"max_words={max_words}",)


def _normalise(normalise: Normalise) -> tuple[str, ...]:
    if normalise == Normalise():
        return ()
    wanted = [name for name in NORMALISE if getattr(normalise, name)]
    return (f"normalise={'+'.join(wanted or ['none'])}",)


def _percent(weight: Decimal | int) -> str:
    return written(round(Decimal(weight), 5))


# Each writer takes the type that it stands under.
_WRITERS: dict[type[AuthoredItem], Callable[[Any], _Body]] = {
    SingleChoice: _single,
    MultipleChoice: _multiple,
    TrueFalseNotGiven: _true_false,
    Matching: _matching,
    Ordering: _ordering,
    GapFill: _gap_fill,
    ShortText: _short_text,
    Numeric: _numeric,
}
