"""The way of a version through its states, in the words of those who move it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from config.kernel.errors import DomainError
from exams.bank.actions import move_version
from exams.bank.models import ItemVersion

State = ItemVersion.State
# State → what it means to take a version there. The next step of the usual way comes first.
MOVES: dict[str, str] = {
    State.IN_REVIEW: "Send to review",
    State.APPROVED: "Approve",
    State.LIVE: "Make live",
    State.DRAFT: "Back to draft",
    State.QUARANTINED: "Quarantine: out of new forms until it is clear",
    State.RETIRED: "Retire",
    State.REJECTED: "Reject",
}


@dataclass(kw_only=True)
class Moved:
    """How many versions moved, and why the others did not."""

    count: int = 0
    refused: list[str] = field(default_factory=list)


def next_moves(version: ItemVersion) -> list[tuple[str, str]]:
    """Where a version may go now, as (state, words)."""
    return [(state, words) for state, words in MOVES.items() if state in ItemVersion.MOVES[version.state]]


def move_versions(*, versions: Iterable[ItemVersion], to: str, actor: User, now: datetime) -> Moved:
    """Move each version that can be moved, each in a transaction of its own."""
    moved = Moved()
    for version in versions:
        try:
            move_version(version=version, to=to, actor=actor, now=now)
        except DomainError as error:
            moved.refused.append(f"{version.item.code}: {error.detail}")
        else:
            moved.count += 1
    return moved
