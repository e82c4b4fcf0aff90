"""Many rows, each with values of its own, in one statement: they travel as one JSON parameter.

Django's `bulk_create` and `bulk_update` build and compile their SQL anew at every call, and the longer the more
rows; here the text is worked out once and is the same for one row and for five hundred.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import CharField, Field, Model

from .prepared import run


class Batch:
    """batch = Batch(Signer, "state", "reason"); batch.update([{"pk": 7, "state": "open", "reason": ""}])

    Columns are named by their fields; a foreign key takes the id. Not for JSON columns.
    """

    def __init__(self, model: type[Model], *columns: str) -> None:
        self.model, self.columns = model, columns
        self.known: dict[tuple[str, str], str] = {}

    def insert(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._send("insert", self._fields, rows)

    def update(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """The rows of these `pk`s; all columns of the batch are written."""
        self._send("update", [self._key, *self._fields], rows)

    @cached_property
    def _key(self) -> Field:
        key = self.model._meta.pk
        assert key is not None
        return key

    @cached_property
    def _fields(self) -> list[Any]:
        return [self.model._meta.get_field(name) for name in self.columns]

    def _send(self, act: str, fields: list[Any], rows: Iterable[Mapping[str, Any]]) -> None:
        names = [("pk" if field is self._key else field.name, field) for field in fields]
        values = [[field.get_db_prep_save(row[name], connection) for name, field in names] for row in rows]
        if not values:
            return
        kind = (act, connection.vendor)
        if kind not in self.known:
            self.known[kind] = getattr(self, f"_{act}")()
        run(self.known[kind], [json.dumps(values, default=str)], {})

    def _insert(self) -> str:
        names = ", ".join(f'"{field.column}"' for field in self._fields)
        taken = ", ".join(_taken(n, field) for n, field in enumerate(self._fields))
        return f"INSERT INTO {self._table} ({names}) SELECT {taken} FROM {_ROWS[connection.vendor]} ORDER BY r.key"

    def _update(self) -> str:
        sets = ", ".join(f'"{field.column}" = {_taken(n, field)}' for n, field in enumerate(self._fields, 1))
        where = f"{self._table}.{self._key.column} = {_taken(0, self._key)}"
        return f"UPDATE {self._table} SET {sets} FROM {_ROWS[connection.vendor]} WHERE {where}"

    @property
    def _table(self) -> str:
        return self.model._meta.db_table


_ROWS = {
    "postgresql": "json_array_elements(%s::json) WITH ORDINALITY AS r(value, key)",
    "sqlite": "json_each(%s) AS r",
}


def _taken(n: int, field: Any) -> str:
    if connection.vendor == "sqlite":
        return f"json_extract(r.value, '$[{n}]')"
    # A text is not cast to its length: what is too long is an error, not cut off.
    kind = "text" if isinstance(field, CharField) else field.cast_db_type(connection)
    return f"(r.value->>{n})::{kind}"
