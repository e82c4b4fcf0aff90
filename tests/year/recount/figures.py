"""附件2 of every month and of the campaign, added up from the versions that the heads let pass."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from foundation.organization.models import Unit
from workflows.tasks.models import Submission

from ..world import Year, said
from .tales import Tale, tales

STANDS = {"accepted": "accepted", "archived": "accepted", "office_review": "in_review"}


def statistics(year: Year) -> None:
    asked = 0
    for plan in (year.monthly, year.campaign):
        reports = [tale for tale in tales(plan=plan) if "statistics" in tale.asked()]
        for period, due in sorted({(_period(tale), tale.task.period.due_on) for tale in reports}):
            _compare(
                plan, period, due, [t for t in reports if (_period(t), t.task.period.due_on) == (period, due)]
            )
            asked += 1
    assert asked == 12 + 2


def _period(tale: Tale) -> str:
    return "cumulative" if "累计" in tale.task.item.title + tale.task.item.text else "month"


def _compare(plan: int, period: str, due: dt.date, mine: list[Tale]) -> None:
    found = said("statistics", str(plan), "--period", period, "--cutoff", due.isoformat())
    now, codes = timezone.now(), dict(Unit.objects.values_list("pk", "code"))
    totals, cells, missing = Counter[str](), dict[str, Any](), set[str]()
    for tale in mine:
        state, unit = tale.state(now), codes[tale.unit(now)]
        if state in ("waived", "cancelled"):
            continue
        version = None if state == "rejected" else _let_pass(tale, due)
        if version is None:
            missing.add(unit)
            continue
        mine_cells = dict(_cells(version))
        totals.update(mine_cells)
        last = version.version == tale.task.version
        cells[unit] = (STANDS.get(state, "returned") if last else "returned", +Counter(mine_cells))
    assert set(found["missing"]) == missing
    assert {one["unit"]: (one["status"], +Counter(one["cells"])) for one in found["units"]} == cells
    assert +Counter(found["totals"]) == +totals


def _let_pass(tale: Tale, cutoff: dt.date) -> Submission | None:
    """The last version that reached the office and counts up to that day."""
    passed, handed = set[int](), 0
    for entry in tale.entries:
        if entry.verb in ("tasks.task.submit", "tasks.task.enter"):
            handed = entry.data["version"]
        if entry.verb == "tasks.task.reach_office":
            passed.add(handed)
    rows = Submission.objects.filter(task=tale.task, version__in=passed).order_by("-version")
    return next((one for one in rows if one.content["statistics"]["cutoff"] <= cutoff.isoformat()), None)


def _cells(version: Submission) -> Iterator[tuple[str, int]]:
    for code, row in version.content["statistics"]["rows"].items():
        yield from ((f"{code}.{key}", number) for key, number in row.items())
