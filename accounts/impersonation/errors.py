"""What seeing as somebody else is refused with; `config.kernel.reading.ReadsOnly` is what stops every change."""

from http import HTTPStatus

from config.kernel.errors import DomainError


class ImpersonationRefused(DomainError):
    """Staff, oneself, or somebody who cannot sign in either."""

    status = HTTPStatus.FORBIDDEN
    code = "impersonation_refused"
    title = "You cannot see as this person"
    default_detail = "Nobody sees as staff, as themselves or as somebody who is not active."


class ImpersonationRuns(DomainError):
    """One at a time."""

    code = "impersonation_runs"
    title = "You see as somebody already"
    default_detail = "You see as somebody already. End that first."


class NoImpersonation(DomainError):
    """There is nothing to end."""

    code = "no_impersonation"
    title = "You are yourself"
    default_detail = "You do not see as anybody else."


class ImpersonationClosed(DomainError):
    """What opens the account, or is all that is held about the person, is not for other eyes."""

    status = HTTPStatus.FORBIDDEN
    code = "impersonation_closed"
    title = "Only for the person"
    default_detail = "This is for the person alone: factors, sessions, exports and linked accounts."


class ImpersonationOver(DomainError):
    """It ended while a page was still open; that page must not go on as the member of staff."""

    status = HTTPStatus.FORBIDDEN
    code = "impersonation_over"
    title = "You no longer see as somebody else"
    default_detail = "The time is over. Go back to the admin to be yourself again."
