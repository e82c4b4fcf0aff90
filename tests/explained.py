"""The plan that a database makes for a queryset."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet


def plan_of(rows: QuerySet) -> str:
    """As the database explains it, values apart from the text: PostgreSQL takes the plan that it keeps for all, and of
    a table this small it would read the whole."""
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{explain} {sql}", params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
