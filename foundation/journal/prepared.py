"""Querysets whose SQL is worked out once: parameters are named, and filled in at every call."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from copy import copy
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import connection, models, transaction
from django.db.models import BooleanField, Expression, Func, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql import UpdateQuery

Compiled = tuple[str, tuple[Any, ...]]
Row = TypeVar("Row", bound=models.Model)


class Param(Expression):
    """A value the caller brings later."""

    def __init__(self, name: str, kind: type[models.Field] = models.BigIntegerField) -> None:
        super().__init__(output_field=kind())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


# What every move knows: the appointment acted under, the day and the instant.
ACTOR, TODAY, AT = Param("actor"), Param("today", models.DateField), Param("at", models.DateTimeField)


class Listed(Func):
    """The column is one of the ids asked for, however many: one parameter, so one text of SQL."""

    output_field = BooleanField()
    arity = 2
    conditional = True
    template = "%(expressions)s)"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, arg_joiner=" = ANY(")

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="%(expressions)s))", arg_joiner=" IN (SELECT value FROM json_each("
        )


def compiler_of(query: Any) -> tuple[Any, Compiled]:
    with transaction.atomic(savepoint=False):  # Django compiles FOR UPDATE only inside a transaction
        compiler = query.get_compiler("default")
        return compiler, compiler.as_sql()


def compiled(rows: QuerySet) -> Compiled:
    return compiler_of(rows.query)[1]


def run(sql: str, template: tuple[Any, ...] | list[Any], known: Mapping[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [_bound(known[p.name]) if isinstance(p, Param) else p for p in template])
        return cursor.fetchall() if cursor.description else []


def _bound(value: Any) -> Any:
    """As the driver takes it: days as text and lists of ids as JSON on SQLite."""
    if type(value) is dt.date:
        return connection.ops.adapt_datefield_value(value)
    if type(value) is dt.datetime:
        return connection.ops.adapt_datetimefield_value(value)
    return json.dumps(value) if type(value) is list and connection.vendor == "sqlite" else value


class Prepared:
    """prepared = Prepared(lambda: Task.objects.filter(pk=Param("id")).values_list("title")); prepared(id=7)"""

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self.build = build
        self.known: dict[str, Compiled] = {}

    def __call__(self, **values: Any) -> list[tuple]:
        if connection.vendor not in self.known:
            self.known[connection.vendor] = compiled(self.build())
        return run(*self.known[connection.vendor], values)


class PreparedUpdate:
    """What Prepared is for reading: the rows, and what each column becomes."""

    def __init__(self, build: Callable[[], QuerySet], **changes: Any) -> None:
        self.build, self.changes = build, changes
        self.known: dict[str, Compiled] = {}

    def __call__(self, **values: Any) -> None:
        if connection.vendor not in self.known:
            query: Any = self.build().query.chain(UpdateQuery)
            query.add_update_values(self.changes)
            self.known[connection.vendor] = compiler_of(query)[1]
        run(*self.known[connection.vendor], values)


class PreparedRows(Generic[Row]):
    """Prepared, for whole objects with all they select_related and annotate. Django makes them of the rows as
    it does for a queryset; only building and compiling it, many times the cost of the query, is left out."""

    def __init__(self, build: Callable[[], QuerySet[Row]]) -> None:
        self.build = build
        self.known: dict[str, tuple[Any, Compiled]] = {}

    def __call__(self, **values: Any) -> list[Row]:
        if connection.vendor not in self.known:
            self.known[connection.vendor] = compiler_of(self.build().query)
        compiler, (sql, template) = self.known[connection.vendor]
        ready = copy(compiler)
        ready.execute_sql = lambda **_: [run(sql, template, values)]
        query = SimpleNamespace(get_compiler=lambda using: ready)
        source: Any = SimpleNamespace(db="default", query=query, _known_related_objects={})
        return list(ModelIterable(source))
