"""The problems that the platform itself knows, with what it says about each; the domain's own are on their errors."""

from collections.abc import Iterator
from dataclasses import dataclass

from config.kernel.errors import DomainError


@dataclass(frozen=True)
class Code:
    """One kind of problem. `code` is stable: programs decide by it."""

    code: str
    status: int
    title: str
    detail: str


CODES: dict[str, Code] = {
    code.code: code
    for code in (
        Code("bad_request", 400, "The request cannot be understood", "The request cannot be understood."),
        Code("parse_error", 400, "The body is not valid JSON", "The body is not valid JSON."),
        Code("validation_error", 400, "Some fields are not right", "Some fields are not right."),
        Code("not_authenticated", 401, "Not signed in", "Sign in first."),
        Code("authentication_failed", 401, "Not signed in", "The credentials are not valid."),
        Code("permission_denied", 403, "Not allowed", "You do not have permission to do this."),
        Code(
            "csrf_failed",
            403,
            "The CSRF token is missing or wrong",
            "Send the value of the CSRF cookie in the header X-CSRFToken.",
        ),
        Code("not_found", 404, "Not found", "There is nothing here, or nothing that you may see."),
        Code("method_not_allowed", 405, "The method is not allowed here", "The method is not allowed here."),
        Code("not_acceptable", 406, "The answer has no such format", "The answer has no format that you accept."),
        Code("conflict", 409, "The request conflicts with the present state", "Load the present state and try again."),
        Code("payload_too_large", 413, "The body is too large", "The body is too large."),
        Code("unsupported_media_type", 415, "The body has the wrong format", "The body has to be application/json."),
        Code("throttled", 429, "Too many requests", "Wait as long as the header Retry-After says."),
        Code("server_error", 500, "Something went wrong on our side", "It has been recorded. Try again later."),
        Code("unavailable", 503, "Not available at the moment", "A part of the platform is down. Try again shortly."),
    )
}


def documented() -> list[Code]:
    """Every code there is, also those of the domain's errors, in the order of their status."""
    known = dict(CODES)
    for kind in _subclasses(DomainError):
        known.setdefault(kind.code, Code(kind.code, int(kind.status), str(kind.title), str(kind.default_detail)))
    return sorted(known.values(), key=lambda code: (code.status, code.code))


def _subclasses(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _subclasses(child)
