"""How many are in the boxes of a post: all numbers of a page in one statement.

What waits for the post is gone through once for 待办 and everything that narrows it. The other boxes are counted
apart, each no further than MOST.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Case, F, Max, Min, Q, QuerySet, Value, When

from foundation.journal.prepared import ACTOR, TODAY, Compiled, Prepared, compiled
from foundation.organization.counting import MOST
from foundation.organization.models import Appointment

from .models import Signer

# Of 待办: which of the rows that `_waiting` gives, one an approval.
WITHIN = {
    "todo": "1 = 1", "overdue": "ends < %(today)s", "near": "ends BETWEEN %(today)s AND %(near)s",
    "today": "arrived >= %(midnight)s", "proxy": "own = 0", "batch": "together = 1",
}  # fmt: skip


def _flag(condition: Q) -> Max:
    return Max(Case(When(condition, then=Value(1)), default=Value(0)))


def _waiting() -> QuerySet:
    """Of every approval that waits for the post: until when, since when, whether for itself, whether for 批量同意."""
    rows = Signer.objects.waiting_for(ACTOR, TODAY).filter(approval__state="pending")
    together = Q(approval__version__definition__batch=True)
    return rows.order_by().values("approval").annotate(
        ends=Min(F("approval__due_on")), arrived=Min("opened_at"), own=_flag(Signer.own_q(ACTOR, TODAY)),
        together=_flag(together),
    )  # fmt: skip


class Counting(Prepared):
    """`within` are of WITHIN; `others` what is counted of each other box."""

    def __init__(self, within: Sequence[str], others: Callable[[], list[Any]]) -> None:
        post = Appointment.objects.filter(pk=ACTOR).order_by()
        super().__init__(lambda: post.values_list("pk", *others()))
        self.within = within

    def work_out(self) -> Compiled:
        sql, fixed = super().work_out()
        if not self.within:
            return sql, fixed
        waiting, more = compiled(_waiting(), apart="waiting_")
        sums = ", ".join(f"COUNT(CASE WHEN {WITHIN[name]} THEN 1 END)" for name in self.within)
        both = f"({sql}) other_boxes CROSS JOIN (SELECT {sums} FROM ({waiting}) each) waiting"
        return f"SELECT * FROM {both}", fixed | more

    def numbers(self, **values: Any) -> list[int]:
        """Those of the others first."""
        ((_, *numbers),) = self(**values)
        return [min(number, MOST) for number in numbers]
