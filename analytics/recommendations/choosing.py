"""Which of many possible recommendations a learner is shown. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

MOST = 5
# Of what says much the same there are so many at a time; of everything else one.
_FAMILIES = {"weak_skill": "weak", "weak_domain": "weak"}
_MOST_OF = {"weak": 2}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Something that could be recommended, in the terms of `Recommendation`."""

    kind: str
    subject: str = ""
    priority: float
    facts: dict[str, Any] = field(default_factory=dict)
    action: dict[str, Any]
    # When it cannot be done any more, where that is known.
    ends_at: datetime | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same recommendation as another."""
        return self.kind, self.subject


def choose(candidates: Iterable[Candidate], *, resting: Collection[tuple[str, str]]) -> list[Candidate]:
    """The most urgent, not too many of a kind, and none of those that are left alone for now."""
    chosen: list[Candidate] = []
    counts: Counter[str] = Counter()
    for each in sorted(candidates, key=lambda candidate: (-candidate.priority, candidate.key)):
        family = _FAMILIES.get(each.kind, each.kind)
        if each.key in resting or counts[family] >= _MOST_OF.get(family, 1):
            continue
        counts[family] += 1
        chosen.append(each)
    return chosen[:MOST]
