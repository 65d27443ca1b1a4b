"""Filters of lists, read from the address. What makes no sense is refused rather than ignored."""

from collections.abc import Sequence
from uuid import UUID

from rest_framework.request import Request

from config.kernel.errors import FieldError, Invalid


def chosen(request: Request, name: str, values: Sequence[str]) -> str | None:
    """The parameter, if it is one of `values`; None without one. Raises Invalid."""
    value = request.query_params.get(name)
    if not value:
        return None
    if value not in values:
        raise _invalid(name, f"One of: {', '.join(values)}.")
    return value


def chosen_id(request: Request, name: str) -> UUID | None:
    """The parameter as an id; None without one. Raises Invalid."""
    value = request.query_params.get(name)
    if not value:
        return None
    try:
        return UUID(value)
    except ValueError:
        raise _invalid(name, "A UUID is expected.") from None


def _invalid(name: str, detail: str) -> Invalid:
    return Invalid(errors=(FieldError(field=name, code="invalid", detail=detail),))
