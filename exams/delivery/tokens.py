"""The attempt token: a signed, expiring statement that its bearer sits this attempt. It spares autosaves a session."""

import time
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.core import signing

from config.kernel.reading import require_writing

# Longer than any sitting without a pause; a client whose token has run out asks for the sitting again.
TOKEN_AGE = timedelta(hours=12)

_SALT = "exams.attempt"


class TokenInvalid(Exception):
    """The token is missing, forged, too old, or of another attempt."""


@dataclass(frozen=True, slots=True)
class AttemptClaim:
    """What a token says."""

    attempt: UUID
    learner: UUID
    form: UUID


def issue_token(*, attempt: UUID, learner: UUID, form: UUID) -> str:
    """A token for one learner's attempt at one form. Raises `ReadsOnly` where its bearer could not be the learner."""
    require_writing()
    return signing.TimestampSigner(salt=_SALT).sign(f"{attempt.hex}.{learner.hex}.{form.hex}")


def read_token(token: str, *, attempt: UUID) -> AttemptClaim:
    """The claim of a token that was issued for `attempt`. Raises TokenInvalid."""
    try:
        claim, issued_at = _read(token, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise TokenInvalid from error
    if claim.attempt != attempt or time.time() - issued_at > TOKEN_AGE.total_seconds():
        raise TokenInvalid
    return claim


# One token comes with every answer of an attempt. What is refused raises, and is not kept.
@lru_cache(maxsize=4096)
def _read(token: str, _secrets: tuple[str, ...]) -> tuple[AttemptClaim, int]:
    """What a genuine token says, and when it was issued (seconds since the epoch)."""
    said, _, issued_at = signing.Signer(salt=_SALT).unsign(token).rpartition(":")
    return AttemptClaim(*(UUID(hex=part) for part in said.split("."))), signing.b62_decode(issued_at)
