"""Reads that are built and compiled once in a process and then only run, as prepared statements.

For the few reads of the busiest paths, where building the queryset, making SQL of it and planning that cost several
times what running it does. How such a read is written stays the same: as a queryset.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators

from config.kernel.statements import prepared_cursor

M = TypeVar("M", bound=Model)

# The stubs are those of a later version, where it has another parameter.
_populators: Any = get_related_populators

# A value that nothing else in a statement has, by the type of the parameter that it stands for.
_STAND_INS: Mapping[type, Callable[[], Any]] = {
    UUID: uuid4,
    str: lambda: secrets.token_hex(16),
    int: lambda: secrets.randbits(60),
    datetime: lambda: datetime(3000, 1, 1, tzinfo=UTC) + timedelta(microseconds=secrets.randbits(50)),
}


@dataclass(frozen=True, kw_only=True)
class _Compiled:
    """A statement and how its rows become instances. `arguments` are names of parameters, or constants."""

    sql: str
    arguments: list[tuple[str | None, Any]]
    model: type[Model]
    own: slice
    own_names: list[str]
    related: list[Any]
    annotations: Mapping[str, int]
    converters: Any
    compiler: Any


class CompiledRead(Generic[M]):
    """`CompiledRead(build, slug=str, user=UUID)`: `build` makes the queryset out of parameters of these types.

    It is called once, with stand-ins: it may put them into the queryset, but not look at them. The queryset is one of
    instances, with annotations, `select_related` and `defer` if need be; what it prefetches is lost.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], **parameters: type) -> None:
        self._build = build
        self._parameters = parameters

    def rows(self, **values: Any) -> list[M]:
        """The instances, read with these values."""
        compiled = self._compiled
        arguments = [constant if name is None else values[name] for name, constant in compiled.arguments]
        with prepared_cursor(binary=False) as cursor:
            cursor.execute(compiled.sql, arguments)
            rows = cursor.fetchall()
        if compiled.converters:
            rows = list(compiled.compiler.apply_converters(rows, compiled.converters))
        return [self._instance(compiled, row) for row in rows]

    def first(self, **values: Any) -> M | None:
        """The first instance, None when there is none. The queryset itself says how many rows are read at most."""
        return next(iter(self.rows(**values)), None)

    @cached_property
    def _compiled(self) -> _Compiled:
        stand_ins = {name: _STAND_INS[kind]() for name, kind in self._parameters.items()}
        compiler: Any = self._build(**stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, found = compiler.as_sql()
        names = {value: name for name, value in stand_ins.items()}
        arguments = [(names.get(value) if type(value) in _STAND_INS else None, value) for value in found]
        if missing := set(stand_ins).difference(name for name, _ in arguments if name):
            raise ValueError(f"not a part of the statement: {', '.join(sorted(missing))}")
        chosen = compiler.klass_info["select_fields"]
        own = slice(chosen[0], chosen[-1] + 1)
        return _Compiled(
            sql=sql,
            arguments=arguments,
            model=compiler.klass_info["model"],
            own=own,
            own_names=[column[0].target.attname for column in compiler.select[own]],
            related=_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS),
            annotations=compiler.annotation_col_map,
            converters=compiler.get_converters(
                [column[0] for column in compiler.select[: compiler.col_count]],
            ),
            compiler=compiler,
        )

    @staticmethod
    def _instance(compiled: _Compiled, row: Any) -> Any:
        instance = _instance_of(compiled.model, compiled.own_names, row[compiled.own])
        for populator in compiled.related:
            _populate(populator, row, instance)
        for name, place in compiled.annotations.items():
            setattr(instance, name, row[place])
        return instance


def _instance_of(model: type[Model], names: Sequence[str], values: Sequence[Any]) -> Any:
    """What `Model.from_db` makes, in a fraction of the time: fields that were not read are read when asked for."""
    instance = model.__new__(model)
    state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    instance.__dict__.update(zip(names, values, strict=True), _state=state)
    return instance


def _populate(populator: Any, row: Any, instance: Any) -> None:
    """What `RelatedPopulator.populate` does, with instances of ours."""
    chosen = populator.reorder_for_init
    values = chosen(row) if chosen else row[populator.cols_start : populator.cols_end]
    related = None
    if values[populator.pk_idx] is not None:
        related = _instance_of(populator.model_cls, populator.init_list, values)
        for further in populator.related_populators:
            _populate(further, row, related)
        populator.remote_setter(related, instance)
    populator.local_setter(instance, related)
