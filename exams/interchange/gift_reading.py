"""Questions of a GIFT file as items. What we have no type for is refused with a reason, never bent."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from exams.bank.content import LABELS, letters
from exams.bank.fields import written
from exams.interchange.entries import Entries, Entry
from exams.interchange.files import Fault, TextFile
from exams.interchange.gift_syntax import Answer, Question, read_questions
from exams.interchange.gift_tags import BadTag, read, split_tags
from exams.interchange.gift_text import UnsupportedText, split_format, to_markdown, to_plain

Source = dict[str, Any]
Ours = Mapping[str, str]
FILL_IN = "Fill in the gap."
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Refusal(ValueError):
    """The question cannot become an item; the text says why."""


def read_gift(file: TextFile, *, domain: str = "") -> Entries:
    """The items of a GIFT file. `domain` stands in where there is no category. What cannot be read comes as faults."""
    lines = file.lines()
    try:
        for question in read_questions(lines):
            if isinstance(question, Fault):
                yield question
                continue
            code = question.identifier or question.name
            try:
                yield _entry(question, domain=domain)
            except (Refusal, UnsupportedText, BadTag) as error:
                yield Fault(line=question.line, code=code[:64], reason=f"{str(error)[:1].upper()}{str(error)[1:]}.")
        yield from lines.faults
    finally:
        lines.close()


def _entry(question: Question, *, domain: str) -> Entry:
    if question.kind == "description":
        raise Refusal("a description has no answer and cannot be imported; put its text into a stimulus")
    if question.kind == "essay":
        raise Refusal("essays cannot be imported: the bank has no type that a person must mark")
    kind, _ = split_format(question.before, inherited="moodle")
    tags, ours = split_tags(question.tags)
    notices: list[str] = []
    source: Source = {
        "code": _code(question),
        "domain": _category(question.category) or domain,
        "tags": tags,
        "explanation": to_markdown(question.general, inherited=kind),
        **read(ours, "skill", "difficulty", "points", "scoring"),
        **_content(question, ours, kind, notices),
    }
    if source["type"] in ("multiple_choice", "matching", "ordering"):
        # What Moodle does with them.
        source.setdefault("scoring", "partial")
    return Entry(line=question.line, source=source, notices=tuple(notices))


def _content(question: Question, ours: Ours, kind: str, notices: list[str]) -> Source:
    if question.kind == "truth":
        return _truth(question, kind)
    if question.kind == "number":
        return {"stem": _stem(question, kind), **_number(question, ours, kind, notices)}
    if not question.answers:
        raise Refusal("there are no answers between the braces")
    if all(answer.mark == "=" and "->" in answer.text for answer in question.answers):
        return {"stem": _stem(question, kind), **_matching(question, ours, kind)}
    if all(answer.mark == "=" for answer in question.answers):
        return _short_or_gap(question, ours, kind, notices)
    return {"stem": _stem(question, kind), **_choice(question, ours, kind)}


def _truth(question: Question, kind: str) -> Source:
    wrong, right = ((*question.feedback, "", "")[:2]) if question.feedback else ("", "")
    options = []
    for identifier, text, is_true in (("a", "True", True), ("b", "False", False)):
        is_right = is_true == question.truth
        why = to_markdown(right if is_right else wrong, inherited=kind)
        option: Source = {"id": identifier, "text": text, "why": why}
        if is_right:
            option["correct"] = True
        options.append(option)
    return {"type": "single_choice", "stem": _stem(question, kind), "options": options}


def _choice(question: Question, ours: Ours, kind: str) -> Source:
    is_single = any(answer.mark == "=" for answer in question.answers)
    options: list[Source] = [
        {
            "id": identifier,
            "text": to_markdown(answer.text, inherited=kind),
            "why": to_markdown(answer.feedback, inherited=kind),
        }
        for identifier, answer in zip(_letters(question.answers), question.answers, strict=True)
    ]
    right = _right_of_single(question.answers) if is_single else _right_of_several(question.answers)
    for index in right:
        options[index]["correct"] = True
    if ours.get("type") == "true_false_not_given":
        return _true_false_not_given(options, right, ours)
    if is_single:
        return {"type": "single_choice", "options": options}
    return {"type": "multiple_choice", "options": options, **read(ours, "select")}


def _right_of_single(answers: Sequence[Answer]) -> list[int]:
    weights = [_weight(answer) for answer in answers]
    if any(0 < weight < 100 for weight in weights):
        raise Refusal("an option earns a part of the mark, which a single choice cannot give")
    right = [index for index, weight in enumerate(weights) if weight == 100]
    if len(right) > 1:
        raise Refusal("two options are right and one is to be chosen; weigh them, as in ~%50%, to have both chosen")
    return right


def _right_of_several(answers: Sequence[Answer]) -> list[int]:
    weights = [_weight(answer) for answer in answers]
    right = [index for index, weight in enumerate(weights) if weight > 0]
    if not right:
        raise Refusal("no option is right; mark the right one with =")
    gains = [weights[index] for index in right]
    if max(gains) - min(gains) > 0.1 or not 99 <= sum(gains) <= 101:
        raise Refusal("the right options must earn equal parts of 100 %")
    return right


def _true_false_not_given(options: Sequence[Source], right: Sequence[int], ours: Ours) -> Source:
    answers = tuple(LABELS["true_false"])
    if len(options) != 3 or len(right) != 1:
        raise Refusal("type=true_false_not_given needs three options, one of them right")
    return {
        "type": "true_false_not_given",
        "answer": answers[right[0]],
        "why": {answer: option["why"] for answer, option in zip(answers, options, strict=True)},
        **read(ours, "labels"),
    }


def _matching(question: Question, ours: Ours, kind: str) -> Source:
    pairs = []
    for answer in question.answers:
        prompt, _, option = answer.text.partition("->")
        pairs.append((to_markdown(prompt, inherited=kind), to_markdown(option, inherited=kind)))
    if ours.get("type") == "ordering":
        texts = [option for _, option in pairs]
        steps = [{"id": identifier, "text": text} for identifier, text in zip(_letters(texts), texts, strict=True)]
        return {"type": "ordering", "options": steps}
    texts = list(dict.fromkeys(option for _, option in pairs))
    places = read(ours, "order").get("order", [])
    if sorted(places) == list(range(1, len(texts) + 1)):
        texts = [text for _, text in sorted(zip(places, texts, strict=True))]
    ids = dict(zip(texts, _letters(texts), strict=True))
    prompts = [(prompt, ids[option]) for prompt, option in pairs if prompt]
    used = [option for _, option in prompts]
    source: Source = {
        "type": "matching",
        "prompts": [
            {"id": str(number), "text": prompt, "answer": option}
            for number, (prompt, option) in enumerate(prompts, start=1)
        ],
        "options": [{"id": identifier, "text": text} for text, identifier in ids.items()],
    }
    if len(set(used)) < len(used) or "reuse" in ours:
        source["reuse"] = True
    return source


def _short_or_gap(question: Question, ours: Ours, kind: str, notices: list[str]) -> Source:
    accepted = []
    for answer in question.answers:
        weight = _weight(answer)
        text = to_plain(answer.text, inherited=kind)
        if 0 < weight < 100:
            raise Refusal(f"the answer {text[:40]!r} earns a part of the mark, which the bank cannot give")
        if weight <= 0:
            notices.append(f"the wrong answer {text[:40]!r} and its feedback were left out")
        elif re.search(r"(?<!\\)\*", text):
            raise Refusal(f"the answer {text[:40]!r} has a wildcard *, which the bank does not know")
        else:
            accepted.append(text.replace("\\*", "*"))
    why = next((to_markdown(answer.feedback, inherited=kind) for answer in question.answers if answer.feedback), "")
    written_answer: Source = {"accepted": accepted, "why": why, **read(ours, "max_words")}
    if question.after is None and ours.get("type") != "gap_fill":
        return {"type": "short_text", "stem": _stem(question, kind), **written_answer, **read(ours, "normalise")}
    _, text = split_format(f"{question.before}{{{{1}}}}{question.after or ''}", inherited=kind)
    head, _, tail = text.partition("{{1}}")
    stem, _, line = head.rpartition("\n\n")
    return {
        "type": "gap_fill",
        "stem": to_markdown(stem, inherited=kind) or FILL_IN,
        "text": to_markdown(f"{line}{{{{1}}}}{tail}", inherited=kind),
        "gaps": [{"id": "1", **written_answer}],
        **read(ours, "normalise"),
    }


def _number(question: Question, ours: Ours, kind: str, notices: list[str]) -> Source:
    right = [answer for answer in question.answers if answer.mark == "=" and _weight(answer) == 100]
    if len(right) != 1 or any(answer.mark == "=" and 0 < _weight(answer) < 100 for answer in question.answers):
        raise Refusal("a number must have exactly one answer that earns the whole mark, and none that earns a part")
    if len(question.answers) > 1:
        notices.append("the feedback for wrong numbers was left out")
    answer, tolerance = _range(right[0].text)
    source: Source = {"answer": answer, "tolerance": tolerance, "why": to_markdown(right[0].feedback, inherited=kind)}
    return {"type": "numeric", **source, **read(ours, "tolerance", "tolerance_kind", "unit", "units")}


def _range(text: str) -> tuple[str, str]:
    """The number in the middle and how far from it an answer may be."""
    low, is_range, high = text.partition("..")
    if is_range:
        first, last = _decimal(low), _decimal(high)
        if first > last:
            raise Refusal(f"the range {text[:40]!r} runs backwards")
        return written((first + last) / 2), written((last - first) / 2)
    number, has_tolerance, tolerance = text.partition(":")
    return written(_decimal(number)), written(_decimal(tolerance)) if has_tolerance else "0"


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise Refusal(f"{text.strip()[:40]!r} is not a number") from None
    if not number.is_finite() or abs(number.adjusted()) > 20:
        raise Refusal(f"{text.strip()[:40]!r} is not a number that can be used here")
    return number


def _stem(question: Question, kind: str) -> str:
    """The question; a gap between its halves is shown as a line, as Moodle does."""
    _, text = split_format(question.before, inherited=kind)
    return to_markdown(text if question.after is None else f"{text}_____{question.after}", inherited=kind)


def _code(question: Question) -> str:
    for wanted in (question.identifier, question.name):
        if _CODE.fullmatch(wanted):
            return wanted
    words = re.sub(r"[^A-Za-z0-9._-]+", "-", question.identifier or question.name).strip("-._")[:64]
    if words:
        return words
    return "G-" + hashlib.sha256(f"{question.before}{question.after}".encode()).hexdigest()[:12]


def _category(path: str) -> str:
    """The last part of a category's path; `//` is a slash within a name."""
    parts = [part.replace("\0", "/").strip() for part in path.replace("//", "\0").split("/")]
    name = parts[-1] if parts else ""
    return "" if name.lower() in ("$course$", "$system$", "top") else name


def _weight(answer: Answer) -> float:
    if answer.weight is not None:
        return answer.weight
    return 100 if answer.mark == "=" else 0


def _letters(values: Sequence[object]) -> Sequence[str]:
    if len(values) > 26:
        raise Refusal(f"there are {len(values)} answers; 26 at most can be used")
    return letters(len(values))
