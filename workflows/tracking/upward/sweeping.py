"""The office is reminded of what it owes upward by the ladder that it holds units to; to itself it sends no slips."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.utils import timezone

from foundation.journal.moves import record
from foundation.organization.actors import SYSTEM
from foundation.organization.calendar import WorkCalendar

from ..models import UpwardDuty, UpwardNotice
from ..supervision.ladder import REMIND, Rung, come
from ..supervision.reading import ladder_for, reach

Come = list[tuple[int, dt.date, Rung, bool]]  # duty, due day, rung, whether it goes out


def come_to(today: dt.date, calendar: WorkCalendar) -> Come:
    """Two queries."""
    near = UpwardDuty.objects.filter(state=UpwardDuty.State.OPEN, due_on__lte=reach(today, calendar))
    rows = list(near.order_by("pk"))
    done: dict[tuple[int, dt.date], set[str]] = defaultdict(set)
    for duty, due_on, rung in UpwardNotice.objects.filter(duty__in=rows).values_list(
        "duty", "due_on", "rung"
    ):
        done[duty, due_on].add(rung)
    found: Come = []
    for row in rows:
        since, codes = timezone.localdate(row.created), done[row.pk, row.due_on]
        asked = come(
            ladder_for(row.due_on), row.due_on, since=since, today=today, calendar=calendar, done=codes
        )
        found += [(row.pk, row.due_on, rung, rung in asked.take) for rung in (*asked.passed, *asked.take)]
    return found


def tell(found: Come, at: dt.datetime) -> int:
    """Written down once; a duty that came to several rungs at once is told of by the last."""
    UpwardNotice.objects.bulk_create(
        [UpwardNotice(duty_id=duty, due_on=due, rung=rung.code) for duty, due, rung, _ in found],
        ignore_conflicts=True,
    )
    last = {duty: rung for duty, _, rung, goes in found if goes}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for duty, rung in last.items():
        groups["remind" if rung.kind == REMIND else "overdue", rung.code].append(duty)
    for (verb, code), duties in sorted(groups.items()):
        record(UpwardDuty, duties, verb, actor=SYSTEM, at=at, data={"rung": code})
    return len(last)
