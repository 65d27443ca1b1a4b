"""A client that does the work."""

from collections.abc import Mapping
from typing import Any

from altcha import Challenge, Payload, solve_challenge
from django.test import Client

from config.demo import DEMO_PASSWORD

LOGIN = "/_allauth/browser/v1/auth/login"
CHALLENGE = "/api/v1/challenge/"


def solution_of(challenge: Mapping[str, Any]) -> str:
    """The solution as it goes into the header."""
    read = Challenge.from_dict(dict(challenge))
    solution = solve_challenge(read)
    assert solution is not None
    return Payload(read, solution).to_base64()


def solved(client: Client | None = None) -> str:
    """The solution of a challenge that was just handed out."""
    return solution_of((client or Client()).get(CHALLENGE).json())


def attempt(email: str, password: str = DEMO_PASSWORD, *, solution: str = "", address: str = "203.0.113.1") -> Any:
    """One sign-in of a browser that nobody knows."""
    return Client(REMOTE_ADDR=address).post(
        LOGIN,
        {"email": email, "password": password},
        content_type="application/json",
        **({"HTTP_X_CHALLENGE": solution} if solution else {}),
    )
