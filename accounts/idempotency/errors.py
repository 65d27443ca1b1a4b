"""What can be refused about an idempotency key."""

from http import HTTPStatus

from config.kernel.errors import DomainError, FieldError, Invalid


class IdempotencyKeyReused(DomainError):
    """The key has been used for another request."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "idempotency_key_reused"
    title = "The idempotency key was used for another request"
    default_detail = "This Idempotency-Key was used with another body. Use a new key for a new request."


class IdempotencyInProgress(DomainError):
    """The first request with this key is still being carried out."""

    code = "idempotency_in_progress"
    title = "The same request is being carried out"
    default_detail = "The same request is being carried out at this moment. Try again shortly."


def malformed_key() -> Invalid:
    """The refusal of a key that is no key."""
    detail = "An Idempotency-Key has 1 to 255 visible ASCII characters."
    return Invalid(errors=(FieldError(field="Idempotency-Key", code="invalid", detail=detail),))
