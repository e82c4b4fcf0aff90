"""How many, where nobody needs to know exactly: a list of thousands is counted no further than 99+ says."""

from __future__ import annotations

from django.db.models import IntegerField, QuerySet, Subquery

MOST = 100


class Counted(Subquery):
    """How many rows, at most MOST; `of`: how many values of the column that they are ordered by."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"

    def __init__(self, rows: QuerySet, of: str = "") -> None:
        found = rows.values(of).distinct() if of else rows.order_by().values("pk")
        super().__init__(found[:MOST], output_field=IntegerField())
