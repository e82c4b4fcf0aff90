"""Querysets whose SQL is worked out once: parameters are named, and filled in at every call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, models, transaction
from django.db.models import BooleanField, Expression, Func, QuerySet

Compiled = tuple[str, tuple[Any, ...]]


class Param(Expression):
    """A value the caller brings later."""

    def __init__(self, name: str, kind: type[models.Field] = models.BigIntegerField) -> None:
        super().__init__(output_field=kind())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


# What every move knows: the appointment acted under, the day and the instant.
ACTOR, TODAY, AT = Param("actor"), Param("today", models.DateField), Param("at", models.DateTimeField)


class Listed(Func):
    """The column is one of the ids asked for, however many: one parameter, so one text of SQL."""

    output_field = BooleanField()
    arity = 2
    conditional = True
    template = "%(expressions)s)"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, arg_joiner=" = ANY(")

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="%(expressions)s))", arg_joiner=" IN (SELECT value FROM json_each("
        )


def compiled(rows: QuerySet) -> Compiled:
    with transaction.atomic(savepoint=False):  # Django compiles FOR UPDATE only inside a transaction
        return rows.query.get_compiler("default").as_sql()


def run(sql: str, template: tuple[Any, ...] | list[Any], known: Mapping[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [known[p.name] if isinstance(p, Param) else p for p in template])
        return cursor.fetchall()


class Prepared:
    """prepared = Prepared(lambda: Task.objects.filter(pk=Param("id")).values_list("title")); prepared(id=7)"""

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self.build = build
        self.known: dict[str, Compiled] = {}

    def __call__(self, **values: Any) -> list[tuple]:
        if connection.vendor not in self.known:
            self.known[connection.vendor] = compiled(self.build())
        return run(*self.known[connection.vendor], values)
