"""What the rules about accounts refuse."""

from http import HTTPStatus

from config.kernel.errors import DomainError


class LinkNotValid(DomainError):
    """The link of a letter was changed, has run out, or is for an address that the person no longer has."""

    status = HTTPStatus.NOT_FOUND
    code = "link_not_valid"
    title = "The link is not valid"
    default_detail = "This link is not valid any more. Sign in to get another one."
