"""Querysets whose SQL is worked out once: parameters are named, and filled in at every call."""

from __future__ import annotations

import datetime as dt
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar

from django.db import connection, connections, models, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, Expression, Func, QuerySet
from django.db.models.query import get_related_populators

Compiled = tuple[str, dict[str, Any]]  # SQL with %(named)s values, and those that never change
Row = TypeVar("Row", bound=models.Model)
Plan = TypeVar("Plan")


class Param(Expression):
    """A value the caller brings later."""

    def __init__(self, name: str, kind: type[models.Field] = models.BigIntegerField) -> None:
        super().__init__(output_field=kind())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


# What every move knows: the appointment acted under, the day and the instant.
ACTOR, TODAY, AT = Param("actor"), Param("today", models.DateField), Param("at", models.DateTimeField)


LISTED = {"postgresql": " = ANY({})", "sqlite": " IN (SELECT value FROM json_each({}))"}


class Listed(Func):
    """The column is one of `ids`, however many: one parameter, so one text of SQL."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, column: str) -> None:
        super().__init__(column, Param("ids"))

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> Any:
        (column, params), _ = map(compiler.compile, self.source_expressions)
        return column + LISTED[connection.vendor].format("%s"), [*params, self.source_expressions[1]]


def compiler_of(query: Any) -> tuple[Any, Compiled]:
    with transaction.atomic(savepoint=False):  # Django compiles FOR UPDATE only inside a transaction
        compiler = query.get_compiler("default")
        return compiler, _named(*compiler.as_sql())


def _named(sql: str, params: Sequence[Any]) -> Compiled:
    names = [p.name if isinstance(p, Param) else f"fixed{n}" for n, p in enumerate(params)]
    fixed = {name: p for name, p in zip(names, params, strict=True) if not isinstance(p, Param)}
    return sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in names), fixed


def compiled(rows: QuerySet) -> Compiled:
    return compiler_of(rows.query)[1]


def run(sql: str, values: Mapping[str, Any]) -> list[tuple]:
    """The rows that a statement returns. `values` are as the driver takes them."""
    with connection.cursor() as cursor:
        return fetch(cursor, sql, values)


def fetch(cursor: CursorWrapper, sql: str, values: Mapping[str, Any]) -> list[tuple]:
    if isinstance(values.get("ids"), int):
        sql = _of_one(sql)
    cursor.execute(sql, values)
    return cursor.fetchall()


@lru_cache(None)
def _of_one(sql: str) -> str:
    """For one id, not a list: of unknown length, PostgreSQL would plan it anew at every call."""
    for text in LISTED.values():
        sql = sql.replace(text.format("%(ids)s"), " = %(ids)s")
    return sql


def bound(values: Mapping[str, Any]) -> dict[str, Any]:
    """As the driver takes them: one id instead of a list of one; days as text and lists as JSON on SQLite."""
    here = connections["default"]
    return {name: _bound(value, here) for name, value in values.items()}


def _bound(value: Any, here: Any) -> Any:
    if type(value) is dt.date:
        return here.ops.adapt_datefield_value(value)
    if type(value) is dt.datetime:
        return here.ops.adapt_datetimefield_value(value)
    if type(value) is not list:
        return value
    if len(value) == 1:
        return value[0]
    return json.dumps(value) if here.vendor == "sqlite" else value


class Ready(ABC, Generic[Plan]):
    """What is worked out once for each database."""

    def __init__(self) -> None:
        self._plans: dict[str, Plan] = {}

    @property
    def plan(self) -> Plan:
        vendor = connection.vendor
        if vendor not in self._plans:
            self._plans[vendor] = self.work_out()
        return self._plans[vendor]

    @abstractmethod
    def work_out(self) -> Plan: ...


class Prepared(Ready[Compiled]):
    """prepared = Prepared(lambda: Task.objects.filter(pk=Param("id")).values_list("title")); prepared(id=7)"""

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        super().__init__()
        self.build = build

    def work_out(self) -> Compiled:
        return compiled(self.build())

    def __call__(self, **values: Any) -> list[tuple]:
        sql, fixed = self.plan
        return run(sql, fixed | bound(values))


class PreparedRows(Ready[tuple[Compiled, "Maker"]], Generic[Row]):
    """Prepared, for whole objects with all they select_related and annotate. They are made of the rows as a
    queryset makes them; only working out how, many times the cost of the query, is done once."""

    def __init__(self, build: Callable[[], QuerySet[Row]]) -> None:
        super().__init__()
        self.build = build

    def work_out(self) -> tuple[Compiled, Maker]:
        compiler, text = compiler_of(self.build().query)
        return text, Maker(compiler)

    def __call__(self, **values: Any) -> list[Row]:
        (sql, fixed), made_of = self.plan
        return list(made_of(run(sql, fixed | bound(values))))


class Maker:
    """Objects of the rows of one query, as Django's ModelIterable makes them."""

    def __init__(self, compiler: Any) -> None:
        info = compiler.klass_info
        self.model, self.own = info["model"], slice(0, len(info["select_fields"]))
        self.names = [column.target.attname for column, *_ in compiler.select[self.own]]
        self.related = get_related_populators(info, compiler.select, "default")  # type: ignore[call-arg]
        self.annotated = compiler.annotation_col_map
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        self.converted = partial(compiler.apply_converters, converters=converters)

    def __call__(self, rows: list[tuple]) -> Iterator[Any]:
        for row in self.converted(rows):
            made = self.model.from_db("default", self.names, row[self.own])
            for related in self.related:
                related.populate(row, made)
            for name, position in self.annotated.items():
                setattr(made, name, row[position])
            yield made
