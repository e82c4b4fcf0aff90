"""Many rows, each with values of its own, in one statement: they travel as one JSON parameter, a few as values.

Django's `bulk_create` and `bulk_update` build and compile their SQL anew at every call, and the longer the more
rows; here the text is worked out once and is the same for five rows and for five hundred. Of a few rows a database
knows how many they are: PostgreSQL would plan the other text anew at every call.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import chain
from typing import Any

from django.db import connections
from django.db.models import CharField, Model

from .prepared import LISTED, as_text, bound, run, vendor


class Batch:
    """batch = Batch(Signer, "state", "reason"); batch.update([{"pk": 7, "state": "open", "reason": ""}])

    Columns are named by their fields; a foreign key takes the id, a JSON column nothing but objects and lists.
    """

    def __init__(self, model: type[Model], *columns: str) -> None:
        self.model, self.columns = model, columns

    def insert(self, rows: Iterable[Mapping[str, Any]]) -> None:
        if values := [[row[name] for name in self.columns] for row in rows]:
            self._send(self._insert, values, {})

    def update(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """The rows of these `pk`s; all columns of the batch are written. What all rows get alike is sent once."""
        if not rows:
            return
        first, ids = rows[0], bound({"ids": [row["pk"] for row in rows]})
        own = tuple(name for name in self.columns if any(row[name] != first[name] for row in rows))
        alike = ids | _bound({name: first[name] for name in self.columns if name not in own})
        if own:
            values = [[row["pk"], *(row[name] for name in own)] for row in rows]
            self._send(partial(self._update, own), values, alike)
        else:
            run(self._update(own, 0), alike)

    def _send(self, texts: Callable[[int], str], values: list[list[Any]], alike: Mapping[str, Any]) -> None:
        """By the text for so few rows, 0 for the one of any number."""
        if len(values) > FEW:
            run(texts(0), {"rows": _json(values), **alike})
        else:
            names = _names(len(values), len(values[0]))
            run(texts(len(values)), {**_bound(dict(zip(names, chain(*values), strict=True))), **alike})

    @lru_cache(None)  # noqa: B019 - a batch lives as long as its module
    def _insert(self, few: int) -> str:
        names = ", ".join(f'"{field.column}"' for field in self._fields(self.columns))
        return f"INSERT INTO {self._table} ({names}) {self._rows(self.columns, few)} RETURNING id"

    @lru_cache(None)  # noqa: B019
    def _update(self, own: tuple[str, ...], few: int) -> str:
        """Of many the ids are asked for once more, beside the rows: a database that doesn't know how many rows the
        JSON holds would rather read the whole table."""
        table, columns = self._table, ", ".join(f"c{n}" for n in range(len(own) + 1))
        sets = {name: f"%({name})s" for name in self.columns} | {
            name: f"r.c{n}" for n, name in enumerate(own, 1)
        }
        fields = zip(self._fields(tuple(sets)), sets.values(), strict=True)
        change = ", ".join(f'"{field.column}" = {value}' for field, value in fields)
        listed, rows = f"{table}.id{LISTED[vendor()].format('%(ids)s')}", ""
        if own:
            rows = f"WITH r({columns}) AS MATERIALIZED ({self._rows(('pk', *own), few)})"
            listed = f"{table}.id = r.c0" + ("" if few else f" AND {listed}")
        return f"{rows} UPDATE {table} SET {change} {'FROM r ' if own else ''}WHERE {listed} RETURNING id"

    def _rows(self, names: Sequence[str], few: int) -> str:
        fields = self._fields(names)
        if few:
            given, width = _names(few, len(fields)), len(fields)
            rows = (given[first : first + width] for first in range(0, len(given), width))
            told = (", ".join(map(_given, row, fields)) for row in rows)
            return f"VALUES {', '.join(f'({one})' for one in told)}"
        taken = ", ".join(_taken(n, field) for n, field in enumerate(fields))
        return f"SELECT {taken} FROM {_ROWS[vendor()]} ORDER BY r.key"

    def _fields(self, names: Sequence[str]) -> list[Any]:
        meta = self.model._meta
        return [meta.pk if name == "pk" else meta.get_field(name) for name in names]

    @property
    def _table(self) -> str:
        return self.model._meta.db_table


FEW = 4
_ROWS = {
    "postgresql": "jsonb_array_elements(%(rows)s::jsonb) WITH ORDINALITY AS r(value, key)",
    "sqlite": "json_each(%(rows)s) AS r",
}


@cache
def _names(few: int, width: int) -> tuple[str, ...]:
    """Of the values of so few rows, one row after the other."""
    return tuple(f"r{row}c{n}" for row in range(few) for n in range(width))


def _bound(values: Mapping[str, Any]) -> dict[str, Any]:
    """As the driver takes them; what of a JSON column is no text yet becomes one."""
    return bound({name: _json(one) if type(one) in (dict, list) else one for name, one in values.items()})


def _json(rows: Any) -> str:
    return json.dumps(rows, default=as_text if vendor() == "sqlite" else str)


def _given(name: str, field: Any) -> str:
    return f"%({name})s" if vendor() == "sqlite" else f"%({name})s::{_kind(field)}"


def _taken(n: int, field: Any) -> str:
    if vendor() == "sqlite":
        return f"json_extract(r.value, '$[{n}]')"
    return f"(r.value->>{n})::{_kind(field)}"


def _kind(field: Any) -> str:
    """A text is not cast to its length: what is too long is an error, not cut off."""
    return "text" if isinstance(field, CharField) else field.cast_db_type(connections["default"])
