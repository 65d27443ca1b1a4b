"""What the rules about invitations refuse."""

from http import HTTPStatus

from config.kernel.errors import DomainError


class InvitationNotValid(DomainError):
    """There is no such invitation, or it was accepted, revoked, or has run out. Nobody learns which."""

    status = HTTPStatus.NOT_FOUND
    code = "invitation_not_valid"
    title = "The invitation is not valid"
    default_detail = "This invitation is not valid any more. Ask the academy for another one."


class InvitedSomebodyElse(DomainError):
    """The person who is signed in has another address than the invitation."""

    code = "invited_somebody_else"
    title = "The invitation is for another address"
    default_detail = "This invitation is for another address. Sign in with the address that it was sent to."
