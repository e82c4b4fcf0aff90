"""How many, where nobody needs to know exactly: a list of thousands is counted no further than 99+ says."""

from __future__ import annotations

from django.db.models import IntegerField, QuerySet, Subquery

MOST = 100


class Counted(Subquery):
    """How many rows, at most MOST."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"

    def __init__(self, rows: QuerySet) -> None:
        super().__init__(rows.order_by().values("pk")[:MOST], output_field=IntegerField())
