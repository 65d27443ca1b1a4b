"""The attempt token: a signed, expiring statement that its bearer sits this attempt. It spares autosaves a session."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing

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
    """A token for one learner's attempt at one form."""
    return signing.TimestampSigner(salt=_SALT).sign(f"{attempt.hex}.{learner.hex}.{form.hex}")


def read_token(token: str, *, attempt: UUID) -> AttemptClaim:
    """The claim of a token that was issued for `attempt`. Raises TokenInvalid."""
    try:
        said = signing.TimestampSigner(salt=_SALT).unsign(token, max_age=TOKEN_AGE)
        claim = AttemptClaim(*(UUID(hex=part) for part in said.split(".")))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise TokenInvalid from error
    if claim.attempt != attempt:
        raise TokenInvalid
    return claim
