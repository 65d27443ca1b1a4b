"""Refusals that people meet."""

from http import HTTPStatus

from config.kernel.errors import DomainError


class ErasurePending(DomainError):
    """The person asked to be erased; until that day they may only change their mind."""

    status = HTTPStatus.FORBIDDEN
    code = "erasure_pending"
    title = "Your account is about to be erased"
    default_detail = "Your account is about to be erased. Cancel the erasure to go on."


class DocumentPublished(DomainError):
    """A published version is what people read and accepted."""

    code = "document_published"
    title = "This version is published"
    default_detail = "A published version never changes. Write the next one."


class NotTheCurrentTerms(DomainError):
    """Somebody accepts a version that is not in force."""

    code = "not_the_current_terms"
    title = "These are not the current terms"
    default_detail = "The terms have changed meanwhile. Read the present version."


class ErasureWaits(DomainError):
    """Somebody asks twice."""

    code = "erasure_waits"
    title = "The erasure is on its way already"
    default_detail = "The erasure was asked for already."


class NoErasureWaits(DomainError):
    """There is nothing to cancel."""

    status = HTTPStatus.NOT_FOUND
    code = "no_erasure_waits"
    title = "No erasure waits"
    default_detail = "There is no erasure that could be cancelled."
