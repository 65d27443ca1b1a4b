"""What comes in with a request: checked, complete, and nothing that nobody asked for."""

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.serializers import Serializer


class Parsed(Mapping[str, Any]):
    """The validated values of an `Input`, as attributes and as a mapping; with `partial` only what was sent."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)

    def __getattr__(self, name: str) -> Any:
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Parsed({', '.join(self._values)})"


class Input(Serializer[Any]):
    """The body of a request. Subclasses are named `…In`; a field that they do not have is refused by its name."""

    @classmethod
    def parse(cls, request: Request, *, partial: bool = False, context: Mapping[str, Any] | None = None) -> Parsed:
        """The validated body. `partial` makes every field optional. Raises DRF's `ValidationError` (400)."""
        given = cls(data=request.data, partial=partial, context={"request": request, **(context or {})})
        given.is_valid(raise_exception=True)
        return Parsed(given.validated_data)

    def to_internal_value(self, data: Any) -> Any:
        """The values of the known fields. Names the unknown ones together with whatever else is wrong."""
        unknown = self._unknown(data)
        try:
            values = super().to_internal_value(data)
        except ValidationError as error:
            if unknown and isinstance(error.detail, dict):
                raise ValidationError({**error.detail, **unknown}) from error
            raise
        if unknown:
            raise ValidationError(unknown)
        return values

    def _unknown(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, Mapping):
            return {}
        known = {field.field_name for field in self._writable_fields}
        return {
            str(name): [ErrorDetail("This field does not exist.", code="unknown_field")]
            for name in data
            if name not in known
        }


class Query(Serializer[Any]):
    """The query parameters of a request. Subclasses are named `…Query`; others (pages, order) may be there too."""

    @classmethod
    def parse(cls, request: Request, *, context: Mapping[str, Any] | None = None) -> Parsed:
        """The validated parameters, the last of each name; an empty one is not given. Raises `ValidationError`."""
        given = {name: value for name, value in request.query_params.items() if value != ""}
        parsed = cls(data=given, context={"request": request, **(context or {})})
        parsed.is_valid(raise_exception=True)
        return Parsed(parsed.validated_data)
