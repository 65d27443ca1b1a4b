"""What readers of files hand on: one entry for each item that a file holds, with the line that it starts in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from exams.interchange.files import Fault


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An item in the pack format, not yet checked. `domain` in the source may be a code or a title.

    `notices` say what the file had and the item has not.
    """

    line: int
    source: dict[str, Any]
    notices: tuple[str, ...] = field(default=())

    @property
    def code(self) -> str:
        """The item's code, as far as it has one."""
        return str(self.source.get("code", ""))


Entries = Iterator[Entry | Fault]
