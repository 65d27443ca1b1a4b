"""Pages of lists by keyset: a page begins after the last row of the one before, however long the list and whatever
has been added meanwhile. One query a page.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.db.models import Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from rest_framework.exceptions import ParseError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.utils.urls import remove_query_param, replace_query_param

from config.http.parsing import parse_json
from config.kernel import errors

DEFAULT_SIZE = 25
MAX_SIZE = 100
# A row more than the page has, to see whether there is another page.
FIRST_ROWS = DEFAULT_SIZE + 1


@dataclass(frozen=True)
class _Term:
    """One column of the order. Nulls stand where PostgreSQL puts them: last when ascending, first when descending."""

    path: str
    is_descending: bool
    is_nullable: bool

    def name(self, *, reverse: bool) -> str:
        return f"-{self.path}" if self.is_descending != reverse else self.path

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def after(self, value: Any, *, reverse: bool, inclusive: bool = False) -> Q:
        """Rows that stand behind `value`, seen in the direction of reading."""
        descending = self.is_descending != reverse
        equal = "e" if inclusive else ""
        if value is None:
            nothing = Q(pk__in=[])
            rest = Q(**{f"{self.path}__isnull": False}) if descending else nothing
            return rest | self.same(None) if inclusive else rest
        if descending:
            return Q(**{f"{self.path}__lt{equal}": value})
        behind = Q(**{f"{self.path}__gt{equal}": value})
        return behind | self.same(None) if self.is_nullable else behind


@dataclass(frozen=True)
class _Cursor:
    """A place between two rows: behind (or, reversed, before) the row with these values."""

    order: str
    values: Sequence[Any]
    is_reversed: bool

    def encode(self) -> str:
        text = json.dumps([self.order, int(self.is_reversed), *self.values], cls=JSONEncoder, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, order: str, length: int) -> "_Cursor":
        """Raises `Invalid` for what this list has not handed out."""
        try:
            content = parse_json(base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
            found, is_reversed, *values = content
        except (binascii.Error, UnicodeEncodeError, ValueError, TypeError, errors.DomainError, ParseError):
            raise invalid_cursor() from None
        scalar = all(value is None or isinstance(value, str | int | float) for value in values)
        if found != order or len(values) != length or is_reversed not in (0, 1) or not scalar:
            raise invalid_cursor()
        return cls(order=order, values=values, is_reversed=bool(is_reversed))


def invalid_cursor() -> errors.Invalid:
    """The refusal of a cursor that is not of this list, in this order."""
    return _invalid("cursor", "This is not a cursor of this list. Begin again without one.")


class CursorPages(BasePagination):
    """The order is, in this order: `?ordering=` if the view's `ordering_fields` offers it, the view's `ordering`, the
    class's, the queryset's own, the model's. The primary key always decides between equals.

    `ordering_fields` of a view maps names to paths (`{"title": "title", "score": "score__scaled"}`) or lists paths.
    A list view without a queryset class uses `page_of`.
    """

    ordering: str | Sequence[str] | None = None

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The rows of the page that is asked for. Raises `Invalid` for a wrong cursor, size or order."""
        size = _size(request.query_params.get("page_size"))
        self.base_url = request.build_absolute_uri()
        self.terms = _terms(queryset, self._order(queryset, request, view))
        self.order = ",".join(term.name(reverse=False) for term in self.terms)
        text = request.query_params.get("cursor")
        cursor = _Cursor.decode(text, self.order, len(self.terms)) if text else None
        is_reversed = cursor is not None and cursor.is_reversed
        try:
            rows = queryset.order_by(*(term.name(reverse=is_reversed) for term in self.terms))
            if cursor is not None:
                rows = rows.filter(_behind(self.terms, cursor.values, reverse=is_reversed))
        except (ValueError, TypeError, OverflowError, ValidationError, FieldError):
            raise invalid_cursor() from None
        found = list(rows[: size + 1])
        has_more = len(found) > size
        page = found[:size]
        if is_reversed:
            page.reverse()
        self.page = page
        self.has_next = has_more if not is_reversed else True
        self.has_previous = has_more if is_reversed else cursor is not None
        return page

    def show_first(self, rows: Sequence[Any], request: Request, view: Any, *, model: type[Model]) -> Sequence[Any]:
        """The first page in the view's own order, of rows that were read in that order: up to `FIRST_ROWS`."""
        self.base_url = request.build_absolute_uri()
        queryset: QuerySet[Any] = QuerySet(model)
        self.terms = _terms(queryset, self._order(queryset, request, view))
        self.order = ",".join(term.name(reverse=False) for term in self.terms)
        self.page = list(rows[:DEFAULT_SIZE])
        self.has_next, self.has_previous = len(rows) > DEFAULT_SIZE, False
        return self.page

    def get_paginated_response(self, data: Any) -> Response:
        """The page as it is sent."""
        return Response({"next": self.get_next_link(), "previous": self.get_previous_link(), "results": data})

    def get_next_link(self) -> str | None:
        """The address of the page behind this one."""
        return self._link(self.page[-1], is_reversed=False) if self.page and self.has_next else None

    def get_previous_link(self) -> str | None:
        """The address of the page before this one."""
        return self._link(self.page[0], is_reversed=True) if self.page and self.has_previous else None

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """How a page is described in the API document."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The query parameters of a list in the API document."""
        parameters = [
            _parameter("cursor", "Where the page begins: taken from `next` or `previous`.", {"type": "string"}),
            _parameter(
                "page_size",
                f"Rows of a page; more than {MAX_SIZE} are cut to {MAX_SIZE}.",
                {"type": "integer", "minimum": 1, "default": DEFAULT_SIZE},
            ),
        ]
        if names := list(_offered(view)):
            kinds = {"type": "string", "enum": [sign + name for name in names for sign in ("", "-")]}
            parameters.append(_parameter("ordering", "The order, descending with a minus sign.", kinds))
        return parameters

    def _order(self, queryset: Any, request: Request, view: Any) -> Sequence[str]:
        if wanted := request.query_params.get("ordering"):
            path = _offered(view).get(wanted.removeprefix("-"))
            if path is None:
                raise _invalid("ordering", "This list cannot be put into that order.")
            return [f"-{path}" if wanted.startswith("-") else path]
        order = getattr(view, "ordering", None) or self.ordering
        if order is None and isinstance(queryset, QuerySet):
            order = queryset.query.order_by or queryset.model._meta.ordering
        names = [order] if isinstance(order, str) else list(order or ())
        if not all(isinstance(name, str) for name in names):
            msg = "A list in pages is ordered by names of columns and annotations, not by expressions"
            raise TypeError(msg)
        return names

    def _link(self, row: Any, *, is_reversed: bool) -> str:
        values = [_value(row, term.path) for term in self.terms]
        cursor = _Cursor(order=self.order, values=values, is_reversed=is_reversed)
        return replace_query_param(remove_query_param(self.base_url, "cursor"), "cursor", cursor.encode())


def page_of(queryset: QuerySet[Any], request: Request, *, view: Any, serializer: type[Any], **context: Any) -> Response:
    """One page of a list for views without a queryset class. `context` goes to the serializer."""
    pages = CursorPages()
    rows = pages.paginate_queryset(queryset, request, view)
    shown = serializer(rows, many=True, context={"request": request, "view": view, **context})
    return pages.get_paginated_response(shown.data)


def first_page_of(
    rows: Sequence[Any], request: Request, *, view: Any, model: type[Model], serializer: type[Any], **context: Any
) -> Response:
    """What `page_of` gives for a request that asks for nothing in particular, of rows that were read otherwise."""
    pages = CursorPages()
    page = pages.show_first(rows, request, view, model=model)
    shown = serializer(page, many=True, context={"request": request, "view": view, **context})
    return pages.get_paginated_response(shown.data)


def _size(text: str | None) -> int:
    if text is None or text == "":
        return DEFAULT_SIZE
    try:
        size = int(text)
    except ValueError:
        size = 0
    if size < 1:
        raise _invalid("page_size", "A page has at least one row.")
    return min(size, MAX_SIZE)


def _offered(view: Any) -> Mapping[str, str]:
    fields: Mapping[str, str] | Iterable[str] = getattr(view, "ordering_fields", None) or {}
    return fields if isinstance(fields, Mapping) else {name: name for name in fields}


def _terms(queryset: QuerySet[Any], order: Sequence[str]) -> list[_Term]:
    terms = [
        _Term(path, name.startswith("-"), _is_nullable(queryset.model, path))
        for name in order
        if (path := str(name).lstrip("-"))
    ]
    key = queryset.model._meta.pk.name
    if not any(term.path in ("pk", key) for term in terms):
        # In the direction of the last column, so that one index can serve the whole order.
        terms.append(_Term(key, terms[-1].is_descending if terms else True, is_nullable=False))
    return terms


def _is_nullable(model: type[Model], path: str) -> bool:
    """Whether the column may be null; unknown ones (annotations, other tables) may."""
    if path == "pk":
        return False
    try:
        return bool(model._meta.get_field(path).null)
    except FieldDoesNotExist:
        return True


def _behind(terms: Sequence[_Term], values: Sequence[Any], *, reverse: bool) -> Q:
    """Rows behind those values, compared column by column."""
    # Says nothing new, but lets PostgreSQL begin at the right place of an index on the first column.
    condition = terms[0].after(values[0], reverse=reverse, inclusive=True) if len(terms) > 1 else Q()
    branches = Q()
    equal_so_far = Q()
    for term, value in zip(terms, values, strict=True):
        branches |= equal_so_far & term.after(value, reverse=reverse)
        equal_so_far &= term.same(value)
    return condition & branches


def _value(row: Any, path: str) -> Any:
    if isinstance(row, Mapping):
        return row[path]
    if hasattr(row, path):
        return getattr(row, path)
    for part in path.split(LOOKUP_SEP):
        row = getattr(row, part, None)  # None: there is no such row on the other side
    return row


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _invalid(field: str, detail: str) -> errors.Invalid:
    return errors.Invalid(errors=(errors.FieldError(field=field, code="invalid", detail=detail),))
