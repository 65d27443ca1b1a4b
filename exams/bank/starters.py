"""Where an author starts: an item of each type in the pack format, complete but for its code."""

import json

from exams.bank.models import ItemType

_HEAD = """\
code:                   # unique in the bank and never used again, like SEC-1-001
domain: {domain}
difficulty: medium      # easy, medium or hard
type: {type}
stem: |
  {stem}
"""
_TAIL = """\
explanation: |
  Why the key is right, in two to five sentences, and what to remember.
"""
_PARTS: dict[str, tuple[str, str]] = {
    ItemType.SINGLE_CHOICE: (
        "Which is right?",
        """\
options:                # exactly one is correct
  - id: a
    text: The right answer
    correct: true
    why: Why this is right.
  - id: b
    text: A wrong answer
    why: Why this is wrong.
  - id: c
    text: Another wrong answer
    why: Why this is wrong.
""",
    ),
    ItemType.MULTIPLE_CHOICE: (
        "Which **two** are right?",
        """\
scoring: partial        # or all_or_nothing
select: 2               # told to the learner; leave the line out to say nothing
options:
  - id: a
    text: A right answer
    correct: true
    why: Why this is right.
  - id: b
    text: Another right answer
    correct: true
    why: Why this is right.
  - id: c
    text: A wrong answer
    why: Why this is wrong.
""",
    ),
    ItemType.TRUE_FALSE_NOT_GIVEN: (
        "The statement to judge.",
        """\
labels: true_false      # or yes_no
answer: "true"          # "true", "false" or "not_given", in quotes
why:
  "true": Why it is true.
  "false": Why it is not false.
  not_given: Why the text says enough.
""",
    ),
    ItemType.MATCHING: (
        "Match each with what belongs to it.",
        """\
scoring: partial        # or all_or_nothing
reuse: false            # true where an option may serve several prompts
prompts:
  - id: "1"
    text: The first prompt
    answer: a
    why: Why they belong together.
  - id: "2"
    text: The second prompt
    answer: b
    why: Why they belong together.
options:                # there may be more than prompts
  - id: a
    text: What belongs to the first
  - id: b
    text: What belongs to the second
  - id: c
    text: What belongs to neither
""",
    ),
    ItemType.ORDERING: (
        "Put these in order.",
        """\
scoring: partial        # or all_or_nothing
options:                # in the right order
  - id: a
    text: The first step
    why: Why it comes first.
  - id: b
    text: The second step
    why: Why it comes second.
  - id: c
    text: The third step
    why: Why it comes third.
""",
    ),
    ItemType.GAP_FILL: (
        "Complete the text.",
        """\
scoring: partial        # or all_or_nothing
text: |
  The first gap is {{1}}, the second is {{2}}.
gaps:
  - id: "1"
    accepted: [here]    # every answer that counts
    max_words: 1
    why: Why this word.
  - id: "2"
    accepted: [there, over there]
    max_words: 2
    why: Why this word.
""",
    ),
    ItemType.SHORT_TEXT: (
        "What is it called?",
        """\
accepted: [the answer, another spelling]
max_words: 3
why: Why this is the answer.
""",
    ),
    ItemType.NUMERIC: (
        "How much is it?",
        """\
answer: 3.5
tolerance: 0.1          # leave the line out where the number must be exact
tolerance_kind: absolute  # or relative, where 0.02 is 2 %
unit: GB                # leave both lines out where there is no unit
units: {GB: 1, MB: 0.001}
why: How it is worked out.
""",
    ),
}


def starter(kind: str, *, domain: str) -> str:
    """The text of a new item of a type, in a domain."""
    stem, parts = _PARTS[kind]
    return _HEAD.format(domain=json.dumps(domain), type=kind, stem=stem) + parts + _TAIL


def is_starter(text: str, *, domain: str) -> bool:
    """Whether nobody has written anything into it yet."""
    return any(text.strip() == starter(kind, domain=domain).strip() for kind in ItemType.values)
