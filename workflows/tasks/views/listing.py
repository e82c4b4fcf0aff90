"""任务台账: a unit's own tasks, or everybody's for the office and auditors."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from approvals.saved_filters import saved_of
from foundation.organization.actors import Actor
from foundation.organization.addresses import same_list
from foundation.organization.calendar import WorkCalendar
from foundation.organization.keyset import page_of
from foundation.organization.models import Appointment, Person
from foundation.organization.posts import UNIT_POSTS
from foundation.organization.services import working_calendar
from foundation.organization.typed import number

from ..acts import Act, acts_for
from ..deadlines import last_near_day
from ..hands import NO_LIAISON
from ..ledger.columns import COLUMNS, FIXED, columns_of
from ..ledger.filters import NOBODY, OPEN, TaskFilter, canonical
from ..ledger.rows import SORTS, Row, rows_of, sort_of, sorts_stood, told, waited
from ..models import Extension, Task
from ..permissions import READERS, SEERS
from ..querysets import late, soon
from .batch import BATCH, WORDS, offered

MOST = 10_000  # counted no further
KEPT = ("q", "plan", "range", "unit", "item", "sort")  # by the chips
SORTED = {"due": "截止", "stood": "停留"}  # columns -> what they sort by


@dataclass(frozen=True)
class Line:
    """A row with what this person can do about it."""

    row: Row
    waited: str
    acts: list[Act]
    ticks: bool  # may take part in an act on several at once


@require_safe
@login_required
def tasks(request: HttpRequest) -> HttpResponse:
    identity, now = request.identity, timezone.now()  # type: ignore[attr-defined]
    if identity is None or identity.post not in SEERS:
        raise PermissionDenied("任务只给各单位、安委办、领导和审计员看。")
    today = timezone.localdate(now)
    calendar = working_calendar(today.year - 1, today.year + 1)
    actor = Actor.of(identity)
    mine = Task.objects.visible_to(actor)
    chosen = TaskFilter(request.GET, mine, today=today, calendar=calendar)
    page = page_of(told(chosen.qs), SORTS[sort_of(request.GET)], request.GET)
    _know_extensions(page.rows)
    lines = [_line(row, identity, now, calendar) for row in rows_of(page.rows, now, calendar)]
    context = _found(request, chosen, identity) | {
        "page": page,
        "lines": lines,
        "today": today,
        "here": quote(request.get_full_path(), safe=""),
        "columns": columns_of(actor),
        "chips": _chips(request, _counts(mine, today, last_near_day(today, calendar))),
        "batch": [(code, WORDS[code]) for code in offered(identity.post) if _any(lines, code)],
        "acts": any(line.acts for line in lines),
        "no_liaison": identity.post in UNIT_POSTS and any(one.row.hands == NO_LIAISON for one in lines),
    }  # fmt: skip
    template = "tasks/tasks.html#results" if request.htmx else "tasks/tasks.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _found(request: HttpRequest, chosen: TaskFilter, identity: Appointment) -> dict[str, Any]:
    """What the list was narrowed to, how many there are, and how else it can be seen."""
    everybodys = identity.post in READERS
    query = canonical(request.GET)
    return {
        "section": "tasks",
        "filter": chosen,
        "count": chosen.qs.order_by().values("pk")[: MOST + 1].count(),
        "most": MOST,
        "all_units": everybodys,
        "query": query,
        "narrowed": bool(query),
        "saved": saved_of("tasks", identity.pk),
        "holder": _holder(request.GET.get("holder", "")),
        "unheld": same_list(request.GET, holder="", after="", before=""),
        "sorts": {code: _sort(request, code, label) for code, label in SORTED.items()},
        "sort": sort_of(request.GET).removeprefix("due"),
        "offered_columns": [
            one for one in COLUMNS if one.code not in FIXED and (everybodys or not one.everybodys)
        ],
    }


def _know_extensions(tasks: list[Task]) -> None:
    """Which of them somebody asked to have extended: the acts beside a row ask the row."""
    asked = {one.task_id: one for one in Extension.objects.filter(task__in=tasks, state="asked")}
    for task in tasks:
        task.extension_asked = asked.get(task.pk)


def _line(row: Row, identity: Appointment, now: dt.datetime, calendar: WorkCalendar) -> Line:
    acts = acts_for(row.task, identity, beside=True)
    return Line(row, waited(row, now, calendar), acts, any(act.code in BATCH for act in acts))


def _any(lines: list[Line], code: str) -> bool:
    return any(act.code == code for line in lines for act in line.acts)


def _holder(who: str) -> str:
    """The name of whoever the list was narrowed to by a link."""
    if who == NOBODY:
        return NO_LIAISON
    person = number(who)
    found = Person.objects.filter(pk=person).values_list("name", flat=True) if person else ()
    return next(iter(found), "")


def _sort(request: HttpRequest, code: str, label: str) -> dict[str, str]:
    """The head of a column that sorts: by it, or the other way round."""
    if code == "stood" and not sorts_stood(request.GET):
        return {"label": label, "url": "", "now": ""}
    now = sort_of(request.GET)
    other = f"-{code}" if now == code else code
    arrow = {code: "ascending", f"-{code}": "descending"}.get(now, "")
    url = same_list(request.GET, sort="" if other == "due" else other, after="", before="")
    return {"label": label, "url": url, "now": arrow}


def _counts(mine: Any, today: dt.date, last: dt.date) -> dict[str, int]:
    """One query for the numbers on the chips."""
    return mine.unfinished().aggregate(
        open=Count("pk"),
        overdue=Count("pk", filter=late(today)),
        near=Count("pk", filter=soon(today, last)),
        issued=Count("pk", filter=Q(state="issued")),
        returned=Count("pk", filter=Q(state="returned")),
    )


def _chips(request: HttpRequest, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Each keeps what else was chosen of KEPT; the numbers are those of the whole list."""
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    offered: tuple[tuple[str, str, dict[str, str], str], ...] = (
        ("未办结", "open", {}, ""),
        ("超期", "overdue", {"light": "overdue"}, "overdue"),
        ("临期", "near", {"light": "near"}, "near"),
        ("待签收", "issued", {"state": "issued"}, ""),
        ("已退回", "returned", {"state": "returned"}, ""),
    )
    now = {
        name: value for name, value in request.GET.items() if value and name not in (*KEPT, "after", "before")
    }
    return [
        {
            "label": f"{label} {counts[key]}" if kind else label,
            "count": "" if kind else counts[key],
            "url": f"?{urlencode(kept | chosen)}",
            "kind": kind if counts[key] else "",
            "current": now == chosen or (not chosen and now == {"state": OPEN}),
        }
        for label, key, chosen, kind in offered
    ]
