"""A driver without Django: psycopg or sqlite3, one transaction at a time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import Any

from django.db import connection as django

from .counting import Count

NAMED = re.compile(r"%\((\w+)\)s")


class Client:
    def __init__(self) -> None:
        self.count = Count()
        self.sqlite = django.vendor == "sqlite"
        params = django.get_connection_params()
        if self.sqlite:
            self.connection = sqlite3.connect(params["database"], isolation_level=None, timeout=20)
            self.connection.executescript(django.settings_dict["OPTIONS"]["init_command"])
            self.connection.execute("PRAGMA foreign_keys = ON")
        else:
            keep = ("dbname", "user", "password", "host", "port")
            self.connection = django.Database.connect(**{k: v for k, v in params.items() if k in keep})

    def begin(self) -> None:
        if self.sqlite:
            self.connection.execute("BEGIN IMMEDIATE")

    def run(self, sql: str, *params: Any) -> Any:
        self.count.statements += 1
        return self.connection.execute(sql.replace("%s", "?") if self.sqlite else sql, params)

    def fill(self, sql: str, values: dict[str, Any]) -> Any:
        """The same for named values."""
        self.count.statements += 1
        return self.connection.execute(NAMED.sub(r":\1", sql) if self.sqlite else sql, values)

    def one(self, sql: str, *params: Any) -> Sequence[Any]:
        row = self.run(sql, *params).fetchone()
        if row is None:
            raise LookupError(sql)
        return row

    def commit(self) -> None:
        self.count.commits += 1
        self.connection.execute("COMMIT") if self.sqlite else self.connection.commit()

    def close(self) -> None:
        self.connection.close()
