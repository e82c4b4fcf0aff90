"""Rows by the hundred thousand: copies of one that the product made, in one INSERT … SELECT."""

from __future__ import annotations

from django.db import connection, models

START = 10_000_000  # of ids: the product's own stay below
SERIES = {
    "postgresql": ("", "generate_series(1, {0}) AS g(n)"),
    "sqlite": ("WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < {0}) ", "g"),
}
DAY = {
    "postgresql": "DATE '2026-06-01' + {0} % {1}",
    "sqlite": "date('2026-06-01', '+' || ({0} % {1}) || ' days')",
}
EARLIER = {
    "postgresql": "{0} - ({1}) * INTERVAL '1 day'",
    "sqlite": "datetime({0}, '-' || ({1}) || ' days')",
}
MINUTE = {
    "postgresql": "TIMESTAMPTZ '2026-05-01 00:00+00' + {0} % {1} * INTERVAL '1 minute'",
    "sqlite": "datetime('2026-05-01', '+' || ({0} % {1}) || ' minutes')",
}


def day(number: str, days: int) -> str:
    """One of so many days, by the number."""
    return DAY[connection.vendor].format(number, days)


def minute(number: str, minutes: int) -> str:
    return MINUTE[connection.vendor].format(number, minutes)


def earlier(moment: str, days: str) -> str:
    return EARLIER[connection.vendor].format(moment, days)


def copies(row: models.Model, count: int, where: str = "true", **changed: str) -> None:
    """`count` rows like `row`; `changed` are SQL expressions over g.n, which counts from 1, by column. `where`: only
    for some of the numbers."""
    meta, name = row._meta, connection.ops.quote_name
    columns = [field.column for field in meta.concrete_fields]
    assert not set(changed) - set(columns), changed
    values = ", ".join(changed.get(column, f"t.{name(column)}") for column in columns)
    made, series = (text.format(count) for text in SERIES[connection.vendor])
    into = f"{name(meta.db_table)} ({', '.join(map(name, columns))})"
    one = f"(SELECT * FROM {name(meta.db_table)} WHERE id = {row.pk}) t"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{made}INSERT INTO {into} SELECT {values} FROM {series} CROSS JOIN {one} WHERE {where}"
        )
