"""Many rows, each with values of its own, in one statement: they travel as one JSON parameter.

Django's `bulk_create` and `bulk_update` build and compile their SQL anew at every call, and the longer the more
rows; here the text is worked out once and is the same for one row and for five hundred.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db import connections
from django.db.models import CharField, Model

from .prepared import LISTED, as_text, bound, run, vendor


class Batch:
    """batch = Batch(Signer, "state", "reason"); batch.update([{"pk": 7, "state": "open", "reason": ""}])

    Columns are named by their fields; a foreign key takes the id. Not for JSON columns.
    """

    def __init__(self, model: type[Model], *columns: str) -> None:
        self.model, self.columns = model, columns

    def insert(self, rows: Iterable[Mapping[str, Any]]) -> None:
        if values := [[row[name] for name in self.columns] for row in rows]:
            run(self._insert, {"rows": _json(values)})

    def update(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """The rows of these `pk`s; all columns of the batch are written."""
        if values := [[row["pk"], *(row[name] for name in self.columns)] for row in rows]:
            run(self._update, bound({"ids": [row["pk"] for row in rows]}) | {"rows": _json(values)})

    @cached_property
    def _insert(self) -> str:
        names = ", ".join(f'"{field.column}"' for field in self._fields(self.columns))
        rows = self._rows(self.columns)
        return f"INSERT INTO {self._table} ({names}) {rows} ORDER BY r.key RETURNING id"

    @cached_property
    def _update(self) -> str:
        """The ids are asked for once more, beside the rows: a database that doesn't know how many rows the JSON
        holds would rather read the whole table."""
        names = ("pk", *self.columns)
        sets = ", ".join(f'"{field.column}" = r.c{n}' for n, field in enumerate(self._fields(names)) if n)
        one_of = LISTED[vendor()].format("%(ids)s")
        return (
            f"WITH r AS MATERIALIZED ({self._rows(names)}) UPDATE {self._table} SET {sets} FROM r "
            f"WHERE {self._table}.id = r.c0 AND {self._table}.id{one_of} RETURNING id"
        )

    def _rows(self, names: Sequence[str]) -> str:
        taken = [f"{_taken(n, field)} AS c{n}" for n, field in enumerate(self._fields(names))]
        return f"SELECT {', '.join(taken)} FROM {_ROWS[vendor()]}"

    def _fields(self, names: Sequence[str]) -> list[Any]:
        meta = self.model._meta
        return [meta.pk if name == "pk" else meta.get_field(name) for name in names]

    @property
    def _table(self) -> str:
        return self.model._meta.db_table


_ROWS = {
    "postgresql": "json_array_elements(%(rows)s::json) WITH ORDINALITY AS r(value, key)",
    "sqlite": "json_each(%(rows)s) AS r",
}


def _json(rows: list[list]) -> str:
    return json.dumps(rows, default=as_text if vendor() == "sqlite" else str)


def _taken(n: int, field: Any) -> str:
    if vendor() == "sqlite":
        return f"json_extract(r.value, '$[{n}]')"
    # A text is not cast to its length: what is too long is an error, not cut off.
    kind = "text" if isinstance(field, CharField) else field.cast_db_type(connections["default"])
    return f"(r.value->>{n})::{kind}"
