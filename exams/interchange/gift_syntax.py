"""The grammar of Moodle's GIFT format: a file into questions, with the line that each starts in.

After Moodle's documentation ("GIFT format") and what its exports look like. What a question means for us is the
business of `gift_reading`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from exams.interchange.files import Fault, Lines

_TOKEN = re.compile(r"\\([~=#{}:n\\])|(####|::|[{}=~#])|([^\\{}=~#:]+|.)", re.DOTALL)
_DIRECTIVE = re.compile(r"\[(id|tag):([^\]]{0,200})\]")
_CATEGORY = "$category:"
_WEIGHT = re.compile(r"\s*%(-?[0-9]{1,3}(?:\.[0-9]{1,10})?)%")
_TRUTH = {"t": True, "true": True, "f": False, "false": False}


class BadGift(ValueError):
    """A question that does not keep to the grammar; `line` is where."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, kw_only=True)
class Token:
    """A run of text with its escapes undone, or a mark that has a meaning."""

    is_mark: bool
    value: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What stands behind `=` or `~`. `weight` is in percent where one is given."""

    mark: str
    weight: float | None
    text: str
    feedback: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as the file has it. `before` and `after` stand around the braces; `after` is None where they end."""

    line: int
    category: str
    identifier: str
    tags: tuple[str, ...]
    name: str
    before: str
    after: str | None = None
    kind: Literal["description", "essay", "truth", "number", "answers"] = "description"
    truth: bool = False
    # For a truth value first what the wrong answer is told, then the right one.
    feedback: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    general: str = ""


@dataclass(kw_only=True)
class _Raw:
    category: str
    lines: list[tuple[int, str]] = field(default_factory=list)
    identifier: str = ""
    tags: list[str] = field(default_factory=list)


def read_questions(lines: Lines) -> Iterator[Question | Fault]:
    """The questions of a file, and its faults."""
    for raw in _raw_questions(lines):
        try:
            yield _question(raw)
        except BadGift as error:
            yield Fault(line=error.line, code=raw.identifier, reason=str(error))


def _raw_questions(lines: Lines) -> Iterator[_Raw]:
    """Questions end with an empty line, the next category, or the file."""
    raw = _Raw(category="")
    for line in lines:
        text = line.strip()
        if text.startswith("//"):
            if not raw.lines:
                _direct(raw, text)
        elif text.lower().startswith(_CATEGORY):
            if raw.lines:
                yield raw
            raw = _Raw(category=text[len(_CATEGORY) :].strip())
        elif text:
            raw.lines.append((lines.number, line.rstrip("\r\n")))
        elif raw.lines:
            yield raw
            raw = _Raw(category=raw.category)
    if raw.lines:
        yield raw


def _direct(raw: _Raw, comment: str) -> None:
    """Moodle keeps the ID number and the tags of a question in the comment before it."""
    for name, value in _DIRECTIVE.findall(comment):
        if name == "id":
            raw.identifier = value.strip()
        else:
            raw.tags.append(value.strip())


def _question(raw: _Raw) -> Question:
    tokens = list(_tokens(raw.lines))
    name, tokens = _name(tokens)
    question = Question(
        line=raw.lines[0][0],
        category=raw.category,
        identifier=raw.identifier,
        tags=tuple(raw.tags),
        name=name,
        before=_text(tokens),
    )
    opening = next((index for index, token in enumerate(tokens) if token.is_mark and token.value == "{"), None)
    if opening is None:
        _no_braces(tokens)
        return question
    closing = next(
        (index for index, token in enumerate(tokens) if index > opening and token.is_mark and token.value in "{}"), None
    )
    if closing is None:
        raise BadGift(tokens[opening].line, "The brace { is not closed before the next empty line.")
    if tokens[closing].value == "{":
        raise BadGift(tokens[closing].line, "There is a second { before the first is closed; write \\{ for a brace.")
    rest = tokens[closing + 1 :]
    _no_braces(tokens[:opening])
    _no_braces(rest)
    after = _text(rest)
    return _with_body(
        replace(question, before=_text(tokens[:opening]), after=after if after.strip() else None),
        tokens[opening + 1 : closing],
        line=tokens[opening].line,
    )


def _with_body(question: Question, body: Sequence[Token], *, line: int) -> Question:
    body, general = _general(body)
    question = replace(question, general=general)
    start = next((index for index, token in enumerate(body) if token.is_mark or token.value.strip()), None)
    if start is None:
        return replace(question, kind="essay")
    first, rest = body[start], body[start + 1 :]
    if first.is_mark and first.value == "#":
        is_list = any(token.is_mark and token.value in "=~" for token in rest)
        return replace(question, kind="number", answers=_answers(rest) if is_list else (_answer("=", rest, line),))
    if not first.is_mark and first.value.strip().lower() in _TRUTH:
        parts = _cut(body, "#")
        if len(parts) > 3 or any(token.is_mark and token.value in "=~" for token in body):
            raise BadGift(first.line, "A true/false answer is T or F with at most two feedback texts.")
        return replace(
            question,
            kind="truth",
            truth=_TRUTH[_text(parts[0]).strip().lower()],
            feedback=tuple(_text(part).strip() for part in parts[1:]),
        )
    if not first.is_mark:
        raise BadGift(first.line, "An answer must start with = or ~.")
    return replace(question, kind="answers", answers=_answers(body))


def _tokens(lines: Sequence[tuple[int, str]]) -> Iterator[Token]:
    for index, (number, line) in enumerate(lines):
        for escaped, mark, text in _TOKEN.findall(line):
            if mark:
                yield Token(is_mark=True, value=mark, line=number)
            else:
                value = text or ("\n" if escaped == "n" else escaped)
                yield Token(is_mark=False, value=value, line=number)
        if index < len(lines) - 1:
            yield Token(is_mark=False, value="\n", line=number)


def _name(tokens: list[Token]) -> tuple[str, list[Token]]:
    first = next((index for index, token in enumerate(tokens) if token.value.strip()), None)
    if first is None or not (tokens[first].is_mark and tokens[first].value == "::"):
        return "", tokens
    for index in range(first + 1, len(tokens)):
        if tokens[index].is_mark and tokens[index].value == "::":
            return _text(tokens[first + 1 : index]).strip(), tokens[index + 1 :]
    raise BadGift(tokens[first].line, "The name that starts with :: does not end with ::.")


def _general(body: Sequence[Token]) -> tuple[Sequence[Token], str]:
    for index, token in enumerate(body):
        if token.is_mark and token.value == "####":
            return body[:index], _text(body[index + 1 :]).strip()
    return body, ""


def _answers(body: Sequence[Token]) -> tuple[Answer, ...]:
    answers: list[Answer] = []
    start: int | None = None
    for index, token in enumerate(body):
        if token.is_mark and token.value in ("=", "~"):
            if start is not None:
                answers.append(_answer(body[start].value, body[start + 1 : index], body[start].line))
            elif _text(body[:index]).strip():
                raise BadGift(token.line, "There is text before the first answer; an answer must start with = or ~.")
            start = index
    if start is not None:
        answers.append(_answer(body[start].value, body[start + 1 :], body[start].line))
    return tuple(answers)


def _answer(mark: str, tokens: Sequence[Token], line: int) -> Answer:
    cut = next((index for index, token in enumerate(tokens) if token.is_mark and token.value == "#"), len(tokens))
    text, feedback = _text(tokens[:cut]), _text(tokens[cut + 1 :]).strip()
    weight = _WEIGHT.match(text)
    if weight:
        text = text[weight.end() :]
    return Answer(
        mark=mark, weight=float(weight[1]) if weight else None, text=text.strip(), feedback=feedback, line=line
    )


def _cut(tokens: Sequence[Token], mark: str) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.is_mark and token.value == mark:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _no_braces(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.is_mark and token.value in "{}":
            brace = token.value
            raise BadGift(token.line, f"There is a {brace} without its partner; write \\{brace} for a brace.")


def _text(tokens: Sequence[Token]) -> str:
    return "".join(token.value for token in tokens)
