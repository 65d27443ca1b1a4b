"""Proof of work after ALTCHA v2: find the counter whose derived key begins as the challenge says.

The key is PBKDF2 with SHA-256, which browsers compute without any package. The challenge is signed, runs out, and its
solution counts once. https://altcha.org/docs/v2/proof-of-work/
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from altcha import Payload, create_challenge, verify_solution
from django.conf import settings
from django.utils.crypto import salted_hmac

from config.http.counters import count_one

ALGORITHM = "PBKDF2/SHA-256"
ITERATIONS = 1000
VALID = timedelta(minutes=5)
# A solution has about 500 characters.
_MOST_CHARACTERS = 2000


def new_puzzle(*, now: datetime) -> Mapping[str, Any]:
    """A challenge as clients get it. `parameters.data.most` is the largest counter that can be the solution."""
    most = settings.CHALLENGE_COUNTERS
    challenge = create_challenge(
        ALGORITHM,
        ITERATIONS,
        counter=secrets.randbelow(most + 1),
        expires_at=now + VALID,
        data={"most": most},
        hmac_secret=_secret("challenge"),
        hmac_key_secret=_secret("key"),
    )
    return challenge.to_dict()


def is_solved(solution: str) -> bool | None:
    """Whether this solves one of our challenges, for the first time; None while nobody can tell."""
    if not solution or len(solution) > _MOST_CHARACTERS:
        return False
    try:
        verified = verify_solution(solution, _secret("challenge"), hmac_key_secret=_secret("key")).verified
    except (AttributeError, TypeError, ValueError):
        return False  # what is no solution at all, in ways that the library does not expect
    if not verified:
        return False
    # The text of a solution can be varied; what is signed cannot.
    used = count_one(f"challenge:{_signature(solution)}", window_seconds=int(VALID.total_seconds()))
    return None if used is None else used.count == 1


def _signature(solution: str) -> str:
    signature = Payload.from_base64(solution).challenge.signature or ""
    return hashlib.sha256(signature.encode()).hexdigest()


def _secret(use: str) -> bytes:
    return salted_hmac("accounts.challenges", use, algorithm="sha256").digest()
