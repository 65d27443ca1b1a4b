"""What the challenge says no with."""

from http import HTTPStatus

from config.kernel.errors import DomainError


class ChallengeRequired(DomainError):
    """The sign-in needs a solved challenge. Says nothing about whether the account exists."""

    status = HTTPStatus.FORBIDDEN
    code = "challenge_required"
    title = "A challenge has to be solved first"
    default_detail = "Solve a challenge from /api/v1/challenge/ and send the solution in the header X-Challenge."


class GuardUnavailable(DomainError):
    """Failures cannot be counted at the moment, so that nobody may try."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "unavailable"
    title = "Not available at the moment"
    default_detail = "A part of the platform is down. Try again shortly."
