"""What came due since the last sweep is written down once, whoever looks or not."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from django.db import transaction as tx
from django.db.models import QuerySet

from foundation.journal.moves import record
from foundation.organization.actors import SYSTEM

from ..models import Case, CaseClock
from .approaching import approach

ROUND = 2000  # clocks of one transaction: people wait for its locks


def sweep(*, at: dt.datetime) -> int:
    """How many clocks lapsed, those that run out told of before. Statements of a round: one a rule, and three."""
    approach(at=at)
    count = ROUND
    total = 0
    while count == ROUND:
        count = _round(at)
        total += count
    return total


def lapsing(at: dt.datetime) -> QuerySet[CaseClock]:
    """Those of one round: overdue, and not yet written down."""
    return CaseClock.objects.filter(live=True, due__lt=at, lapsed_at=None).order_by("due", "pk")[:ROUND]


@tx.atomic
def _round(at: dt.datetime) -> int:
    """Cases are locked before their clocks are read: whoever records an event at the same moment is first or second."""
    wanted = Case.objects.filter(pk__in=lapsing(at).values("case"))
    locked = set(wanted.order_by("pk").select_for_update().values_list("pk", flat=True))
    found = [one for one in lapsing(at) if one.case_id in locked] if locked else []
    turns: Counter[tuple[int, str, str]] = Counter()
    groups = defaultdict(list)
    for one in found:
        turn = one.case_id, one.rule, one.name
        turns[turn] += 1
        groups[one.rule, one.name, one.above, turns[turn]].append(one.case_id)
    for (rule, name, above, _), cases in groups.items():
        record(Case, cases, "overdue", actor=SYSTEM, at=at, data={"rule": rule, "name": name, "above": above})
    CaseClock.objects.filter(pk__in=[one.pk for one in found]).update(lapsed_at=at)
    return len(found)
