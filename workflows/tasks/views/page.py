"""The task page: the form for who works on it, the version for who reads it, what happened and what comes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from documents.papers_about import papers_about
from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Appointment
from foundation.organization.services import working_calendar

from ..accepted import accepted_of
from ..acts import Act, acts_for, may_write
from ..asked import context_of
from ..beside import sides_of
from ..coming import coming, pending_of
from ..deadlines import light_for
from ..diff import diff
from ..forms import DraftForm, RecordForm
from ..gathering import Gathered, asked_of, authors_of, gather
from ..hands import NO_LIAISON, hands_of
from ..history import Line, entries_of, timeline
from ..matters import shown_of
from ..models import ActivityRecord, Task
from ..notices import last_version, returned
from ..papers import LABEL
from ..progress import steps_of
from ..together import together_of

EXTENSION = "tasks.extension"


def show(
    request: HttpRequest, task: Task, *, form: DraftForm | None = None, record: RecordForm | None = None,
    status: int = 200, **more: Any,
) -> HttpResponse:  # fmt: skip
    """The page; a refused form comes back with what was typed."""
    identity = request.identity  # type: ignore[attr-defined]
    there = form.there if form else gather(task, timezone.localdate()) if may_write(task, identity) else None
    context = _about(task, identity, there) | more
    if there:
        context |= _working(task, there, form, record)
    else:
        context |= _reading(task)
    return render(request, "tasks/task.html", context, status=status)


def _about(task: Task, identity: Appointment | None, there: Gathered | None) -> dict[str, Any]:
    """What every reader sees: where it stands, what the plan asks, what happened, who comes next."""
    today = timezone.localdate()
    calendar = _calendar(task, today)
    hands = hands_of([task], today).get(task.pk, "")
    entries = entries_of(task)
    if not any(one.target == EXTENSION for one in entries):
        task.extension_asked = None  # what the journal has told need not be asked for
    starts = identity if there else None
    approval = pending_of(task)
    ahead = coming(task, approval, starts, authors_of(task, there.draft) if there else (), today)
    acts = acts_for(task, identity)
    return {
        "section": "tasks",
        "task": task,
        "asked": there.asked if there else asked_of(task),
        "light": light_for(task, today, calendar),
        "together": together_of(task, today, calendar),
        "approval": approval,
        "no_liaison": hands == NO_LIAISON,
        "steps": steps_of(task, entries, hands, ahead),
        "timeline": timeline(entries, _now(task, hands, identity), ahead),
        "ahead": ahead[0] if ahead else None,
        "returned": returned(task, entries),
        "extension": task.extension_asked,
        "primary": _primary(acts),
        "acts": [act for act in acts if act is not _primary(acts)],
        **context_of(task),
        "sides": sides_of(task, entries, today),
        "papers": papers_about(LABEL, task.pk, seat=identity.pk if identity else None, day=today),
    }  # fmt: skip


def _calendar(task: Task, today: dt.date) -> WorkCalendar:
    years = {today.year, (task.due_on or today).year}
    return working_calendar(min(years), max(years))


def _working(
    task: Task, there: Gathered, form: DraftForm | None, record: RecordForm | None
) -> dict[str, Any]:
    before = last_version(task)
    typed = (there.draft.content if there.draft else {}).get("record") or {}
    content, _ = there.compose()
    return {
        "form": form or DraftForm(there, task.version),
        "record": record or RecordForm(typed=typed),
        "records": _marked(task, there.records),
        "draft": there.draft,
        "before": before,
        "changes": diff(before.content, content) if before else [],
    }  # fmt: skip


def _marked(task: Task, records: list[ActivityRecord]) -> list[ActivityRecord]:
    """The same records; `accepted` marks what a partial return let stand."""
    accepted = accepted_of(task.pk) if task.version else set()
    for one in records:
        one.accepted = f"record:{one.pk}" in accepted
    return records


def _reading(task: Task) -> dict[str, Any]:
    """The last version, or nothing yet."""
    if task.state == "waiver_review" or task.state == "waived":
        return {"waiver": task.waivers.select_related("author__person").last()}
    versions = list(task.submissions.select_related("author__person").order_by("-version")[:2])
    if not versions:
        return {"records": list(task.records.filter(removed_at=None))}
    return {"shown": shown_of(task, versions[0], versions[1] if len(versions) > 1 else None)}


def _now(task: Task, hands: str, identity: Appointment | None) -> Line | None:
    """Reviews show whose turn it is among the steps ahead."""
    does = {
        "issued": "签收",
        "received": f"填报第 {task.version + 1} 版",
        "returned": f"补正第 {task.version + 1} 版",
    }
    if task.state not in does:
        return None
    you = "（您）" if identity and identity.person.name == hands else ""
    return Line("now", hands, does[task.state] + you)


def _primary(acts: list[Act]) -> Act | None:
    """The expected next act, if it is one of these: a page has one blue button."""
    return next((act for act in acts if act.code in ("receive", "archive")), None)
