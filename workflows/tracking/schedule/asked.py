"""What somebody looks at of 附件3: campaign, month, all or conflicts alone. All of it stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from workflows.plans.models import Plan
from workflows.tasks.models import Task

from ..facts import sees_unit
from .airing import Compared, compared
from .facts import airings_of, lines_of
from .page import Shown, months, shown


@dataclass(frozen=True)
class Asked:
    """`rows`: all that one may see; `there`: those that are asked for. `known`: months that have any, with how many."""

    plan: Plan
    month: dt.date
    only: str
    rows: list[Shown]
    there: list[Shown]
    known: list[tuple[dt.date, int]]
    aired: Compared


def asked(given: Mapping[str, str], plan: Plan, actor: Actor, today: dt.date) -> Asked:
    """What makes no sense gives what is shown first."""
    seen = set(Unit.objects.filter(sees_unit.q(actor.post, today)).values_list("pk", flat=True))
    lines = lines_of(Task.objects.filter(plan=plan))
    aired = compared((line.slot for line in lines), airings_of(plan), today)
    rows = shown(lines, plan, seen, aired)
    month, known = months(rows, given.get("month", ""), today)
    only = "conflicts" if given.get("only") == "conflicts" else ""
    there = [row for row in rows if row.line.slot.on.replace(day=1) == month and (row.troubles or not only)]
    return Asked(plan, month, only, rows, there, known, aired)
