"""A learner who practises, over the API."""

from dataclasses import dataclass
from typing import Any

from tests.cast import Person, WatchedClient, sign_in

PRACTICE = "/api/v1/academies/harbour/practice"


@dataclass(frozen=True)
class Practising:
    """The learner's browser: a session of theirs, and the token for its answers."""

    client: WatchedClient
    body: dict[str, Any]

    @classmethod
    def start(cls, person: Person, **chosen: Any) -> "Practising":
        """POST sessions/; `chosen` is its body."""
        client = sign_in(person)
        response = client.post(f"{PRACTICE}/sessions/", chosen)
        assert response.status_code == 201, response.json()
        return cls(client, response.json())

    @property
    def id(self) -> str:
        """The session."""
        return str(self.body["session"]["id"])

    def answer(self, position: int, answer: Any, **extra: Any) -> Any:
        """PUT sittings/…/answers/{position}/ with the token alone."""
        lane = WatchedClient()
        lane.default_format = "json"
        return lane.put(
            f"/api/v1/sittings/{self.id}/answers/{position}/",
            {"answer": answer, **extra},
            HTTP_AUTHORIZATION=f"Attempt {self.body['token']}",
        )

    def skip(self, position: int, **extra: Any) -> Any:
        """POST skips/"""
        return self.client.post(f"{PRACTICE}/sessions/{self.id}/skips/", {"position": position, **extra})

    def finish(self) -> Any:
        """POST submission/"""
        return self.client.post(f"{PRACTICE}/sessions/{self.id}/submission/", {})

    def again(self) -> Any:
        """GET, as another device would."""
        response = self.client.get(f"{PRACTICE}/sessions/{self.id}/")
        assert response.status_code == 200
        return response.json()
