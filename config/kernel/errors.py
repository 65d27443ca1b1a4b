"""The one hierarchy of errors that the domain raises. `config.http.problems` turns each into a problem document."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class FieldError:
    """What is wrong with one field. `field` is a dotted path (`items.3.stem`)."""

    field: str
    code: str
    detail: str


class DomainError(Exception):
    """A rule of the domain says no. Nothing has been changed.

    `code` is stable and documented; `detail` is a sentence for the person; `members` are extra members of the problem.
    """

    status: ClassVar[HTTPStatus] = HTTPStatus.CONFLICT
    code: ClassVar[str] = "conflict"
    title: ClassVar[str] = "The request conflicts with the present state"
    default_detail: ClassVar[str] = "The request conflicts with the present state."

    def __init__(
        self, detail: str = "", *, errors: tuple[FieldError, ...] = (), members: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(detail or self.default_detail)
        self.detail = detail or self.default_detail
        self.errors = errors
        self.members = dict(members or {})


class Refused(DomainError):
    """The person may see the thing but not do this with it."""

    status = HTTPStatus.FORBIDDEN
    code = "permission_denied"
    title = "Not allowed"
    default_detail = "You do not have permission to do this."


class Invalid(DomainError):
    """What was sent does not make sense; `errors` names the fields."""

    status = HTTPStatus.BAD_REQUEST
    code = "validation_error"
    title = "Some fields are not right"
    default_detail = "Some fields are not right."
