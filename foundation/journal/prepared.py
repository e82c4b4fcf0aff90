"""Querysets whose SQL is worked out once: parameters are named, and filled in at every call. A process has one database."""

from __future__ import annotations

import datetime as dt
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from django.db import connections, models, transaction
from django.db.models import BooleanField, Expression, Func, QuerySet
from django.db.models.base import ModelState
from django.db.models.signals import post_init, pre_init

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


class Among(Func):
    """The column is one of these constants, which stand in the SQL itself: the one plan that PostgreSQL keeps for all
    values of a prepared statement takes a partial index only where its condition is there to read. `within`: those of
    the index, where they are more; PostgreSQL sees that these are among them, SQLite is told so."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, column: Any, constants: Sequence[str], within: Sequence[str] = ()) -> None:
        super().__init__(column)
        self.constants, self.within = tuple(constants), tuple(within)
        assert all(one.isidentifier() for one in (*self.constants, *self.within))

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> Any:
        column, params = compiler.compile(self.source_expressions[0])
        told = (self.within, self.constants) if connection.vendor == "sqlite" else (self.constants,)
        return f"({' AND '.join(column + _listed(one) for one in told if one)})", params


def _listed(constants: tuple[str, ...]) -> str:
    """SQLite takes an index of one state only where it is compared with that one."""
    return f" = {constants[0]!r}" if len(constants) == 1 else f" IN {constants!r}"


def compiler_of(query: Any, apart: str = "") -> tuple[Any, Compiled]:
    with transaction.atomic(savepoint=False):  # Django compiles FOR UPDATE only inside a transaction
        compiler = query.get_compiler("default")
        sql, params = compiler.as_sql()
        return compiler, _named(sql, params, apart)


def _named(sql: str, params: Sequence[Any], apart: str) -> Compiled:
    names = [p.name if isinstance(p, Param) else f"{apart}fixed{n}" for n, p in enumerate(params)]
    fixed = {name: p for name, p in zip(names, params, strict=True) if not isinstance(p, Param)}
    return sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in names), fixed


def compiled(rows: QuerySet, apart: str = "") -> Compiled:
    """`apart` begins the names of fixed values, where a text of SQL is made of several."""
    return compiler_of(rows.query, apart)[1]


PARAMETER = re.compile(r"%(?:%|\((\w+)\)s)")  # or a percent sign, which is none


def inlined(sql: str, fixed: Mapping[str, Any]) -> Compiled:
    """Texts and numbers that never change become part of the text: nothing to send, and the planner knows them."""
    kept = {name: value for name, value in fixed.items() if not isinstance(value, str | int)}

    def written(found: re.Match[str]) -> str:
        name = found[1]
        return _literal(fixed[name]) if name in fixed and name not in kept else found[0]

    return PARAMETER.sub(written, sql), kept


def _literal(value: str | int) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''").replace("%", "%%") + "'"
    return str(value).upper() if isinstance(value, bool) else str(value)


def expressions(model: type[models.Model], values: Sequence[Any]) -> tuple[list[str], dict[str, Any]]:
    """Each of `values` as SQL, for a statement that changes rows of `model`: of their own columns and subqueries."""
    if not values:
        return [], {}
    compiler, _ = compiler_of(model._base_manager.values_list(*values).query)
    if sum(map(bool, compiler.query.alias_refcount.values())) > 1:
        raise TypeError(f"{model.__name__}: what a row becomes is told by its own columns, or by a subquery")
    named = [_named(sql, params, f"to{n}_") for n, (_, (sql, params), _) in enumerate(compiler.select)]
    return [sql for sql, _ in named], {name: value for _, fixed in named for name, value in fixed.items()}


def run(sql: str, values: Mapping[str, Any]) -> list[tuple]:
    """The rows that a statement returns. `values` are as the driver takes them.

    It goes to the driver itself, which is seven times as fast on SQLite as through Django's cursor, but where somebody
    counts or writes down what is sent.
    """
    if isinstance(values.get("ids"), int):
        sql = _of_one(sql)
    here: Any = connections["default"]
    if here.connection is None or here.queries_logged or here.execute_wrappers:
        with here.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()
    here.validate_no_broken_transaction()
    with here.wrap_database_errors:
        if vendor() == "sqlite":
            text, taken = _positional(sql)
            return here.connection.execute(text, taken(values)).fetchall()
        return _cursor(here).execute(sql, values).fetchall()


def _cursor(here: Any) -> Any:
    """One of the driver for all prepared statements of a connection: making one takes a quarter of a small query."""
    kept = here.__dict__.get("cursor_kept")
    if kept is None or kept.connection is not here.connection:
        kept = here.cursor_kept = here.cursor().cursor
    return kept


@cache
def _positional(sql: str) -> tuple[str, Callable[[Mapping[str, Any]], Sequence[Any]]]:
    """For SQLite's driver, which takes longer to find values by their names: the text, and its values in order."""
    names = [name for name in PARAMETER.findall(sql) if name]
    text = PARAMETER.sub(lambda found: "?" if found[1] else "%", sql)
    if len(names) > 1:
        return text, itemgetter(*names)
    return text, lambda values: [values[name] for name in names]


@lru_cache(None)
def _of_one(sql: str) -> str:
    """For one id, not a list: of unknown length, PostgreSQL would plan it anew at every call."""
    for text in LISTED.values():
        sql = sql.replace(text.format("%(ids)s"), " = %(ids)s")
    return sql


PLAIN = frozenset({int, str, bool, type(None)})  # what every driver takes as it is


@cache
def vendor() -> str:
    return connections["default"].vendor


def bound(values: Mapping[str, Any]) -> dict[str, Any]:
    """As the driver takes them: one id instead of a list of one; days as text and lists as JSON on SQLite."""
    return {name: value if type(value) in PLAIN else _bound(value) for name, value in values.items()}


def _bound(value: Any) -> Any:
    if isinstance(value, dt.date):
        return as_text(value) if vendor() == "sqlite" else value
    if type(value) is not list:
        return value
    if len(value) == 1:
        return value[0]
    return json.dumps(value) if vendor() == "sqlite" else value


@lru_cache(64)
def as_text(value: dt.date) -> str | None:
    """A day or an instant, for SQLite. One act writes the same instant many times."""
    ops = connections["default"].ops
    if isinstance(value, dt.datetime):
        return ops.adapt_datetimefield_value(value)
    return ops.adapt_datefield_value(value)


class Ready(ABC, Generic[Plan]):
    """What is worked out once, when it is first asked for."""

    @cached_property
    def plan(self) -> Plan:
        return self.work_out()

    @abstractmethod
    def work_out(self) -> Plan: ...


class Prepared(Ready[Compiled]):
    """prepared = Prepared(lambda: Task.objects.filter(pk=Param("id")).values_list("title")); prepared(id=7)"""

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self.build = build

    def work_out(self) -> Compiled:
        return inlined(*compiled(self.build()))

    def __call__(self, **values: Any) -> list[tuple]:
        sql, fixed = self.plan
        return run(sql, fixed | bound(values))


class PreparedRows(Ready[tuple[Compiled, "Maker"]], Generic[Row]):
    """Prepared, for whole objects with all they select_related. Working out how to make them of the rows, many times
    the cost of the query, is done once."""

    def __init__(self, build: Callable[[], QuerySet[Row]]) -> None:
        self.build = build

    def work_out(self) -> tuple[Compiled, Maker]:
        compiler, text = compiler_of(self.build().query)
        return inlined(*text), Maker.of(compiler, compiler.klass_info, compiler.annotation_col_map)

    def __call__(self, **values: Any) -> list[Row]:
        (sql, fixed), made_of = self.plan
        return made_of(run(sql, fixed | bound(values)))


@dataclass(frozen=True)
class Maker:
    """Objects of the rows of one query with those that their foreign keys name, as a queryset makes them, but much
    faster: what stands in a row becomes the object's dictionary, once where many rows name the same one. Signals of
    their making are not sent."""

    model: type[models.Model]
    first: int  # of its columns in a row
    names: tuple[str, ...]
    key: int  # the place of its primary key
    converters: tuple[tuple[str, Any, Any], ...]  # (name, functions, expression)
    related: tuple[tuple[str, Maker], ...]
    annotated: tuple[tuple[str, int], ...]  # (name, place in a row), of the rows' own model only

    @classmethod
    def of(cls, compiler: Any, info: Any, annotated: Mapping[str, int] = MappingProxyType({})) -> Maker:
        model, places = info["model"], info["select_fields"]
        if pre_init.has_listeners(model) or post_init.has_listeners(model):
            raise TypeError(
                f"{model.__name__}: something listens to its making, so a queryset has to make it"
            )
        columns = [compiler.select[place][0] for place in places]
        names = tuple(column.target.attname for column in columns)
        told = [*names, *annotated]
        kept = compiler.get_converters(
            [compiler.select[place][0] for place in (*places, *annotated.values())]
        )
        related = ((one["field"].name, cls.of(compiler, one)) for one in info.get("related_klass_infos", ()))
        converters = ((told[n], *how) for n, how in kept.items())
        key = names.index(model._meta.pk.attname)
        return cls(model, places[0], names, key, tuple(converters), tuple(related), tuple(annotated.items()))

    def __call__(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        here, known = connections["default"], dict[Any, Any]()
        return [self.made(row, here, known) for row in rows]

    def made(self, row: Sequence[Any], here: Any, known: dict[Any, Any]) -> Any:
        """`known` are the objects made so far, by their kind and primary key."""
        pk = row[self.first + self.key]
        found = known.get((self.model, pk))
        if found is None and pk is not None:
            found = known[self.model, pk] = self._made(row, here, known)
        return found

    def _made(self, row: Sequence[Any], here: Any, known: dict[Any, Any]) -> Any:
        values = dict(zip(self.names, row[self.first : self.first + len(self.names)], strict=True))
        values.update((name, row[place]) for name, place in self.annotated)
        for name, functions, expression in self.converters:
            if values[name] is not None:
                for function in functions:
                    values[name] = function(values[name], expression, here)
        state = values["_state"] = ModelState()
        state.adding, state.db = False, "default"
        state.fields_cache = {name: other.made(row, here, known) for name, other in self.related}
        made = self.model.__new__(self.model)
        made.__dict__ = values
        return made
