"""The browser of somebody who sits: the verbs of `/api/v1/sittings/…` with the token of an attempt."""

from dataclasses import dataclass
from typing import Any

from exams.delivery.models import Attempt
from tests.cast import WatchedClient
from tests.factories.exams import token_of


@dataclass(frozen=True)
class Browser:
    """What a learner's browser can send while it holds the token of an attempt."""

    attempt: Attempt
    client: WatchedClient

    @classmethod
    def of(cls, attempt: Attempt) -> "Browser":
        """A browser without a session: the token alone opens the sitting."""
        client = WatchedClient()
        client.default_format = "json"
        return cls(attempt, client)

    def answer(self, slot: int, answer: Any, sequence: int = 1, **extra: Any) -> Any:
        """PUT responses/{slot}/"""
        return self._send("put", f"responses/{slot}/", {"sequence": sequence, "answer": answer, **extra})

    def steps(self, *steps: dict[str, Any]) -> Any:
        """POST steps/; without steps a look at the clock."""
        return self._send("post", "steps/", {"steps": list(steps)})

    def go_to(self, position: int) -> Any:
        """POST position/"""
        return self._send("post", "position/", {"position": position})

    def leave(self, section: int) -> Any:
        """POST section/"""
        return self._send("post", "section/", {"section": section})

    def hand_in(self) -> Any:
        """POST submission/"""
        return self._send("post", "submission/", {})

    def keep(self, sequence: int, notes: Any) -> Any:
        """PUT notes/"""
        return self._send("put", "notes/", {"sequence": sequence, "notes": notes})

    def _send(self, method: str, path: str, body: Any) -> Any:
        send = getattr(self.client, method)
        return send(f"/api/v1/sittings/{self.attempt.pk}/{path}", body, **token_of(self.attempt))
