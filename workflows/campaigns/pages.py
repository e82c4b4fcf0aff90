"""What the page of a campaign shows: where it stands, its tasks in numbers, what happened."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from documents.models import Document
from documents.papers_about import Paper, papers_about
from foundation.jobs.models import Job
from foundation.journal.models import Entry
from foundation.journal.timeline import entries_of, line_of
from foundation.journal.verbs import says
from foundation.organization.actors import Actor
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS
from workflows.plans.deliverables import Deliverable
from workflows.plans.models import Item, Plan, office_works
from workflows.plans.pages import rows_of
from workflows.plans.services import items_of
from workflows.tasks.models import Task
from workflows.tasks.querysets import CLOSED
from workflows.tasks.quota.page import summary_of

from .chart import chart_of
from .models import Committee, Dispatch, Supplement
from .preview import preview
from .services import JOB

STEPS = (("draft", "草稿"), ("in_approval", "审批"), ("approved", "下达"), ("running", "进行"),
         ("closing", "收尾"), ("archived", "归档"))  # fmt: skip
EDIT = "plans.plan.edit"


def plans_of(actor: Actor, day: dt.date) -> QuerySet[Plan]:
    """Those one may see, with how many tasks they have and how many of them are open: one's own, for a unit. Counted
    for the plans that are shown, not for the tasks of all years."""
    tasks = Task.objects.filter(plan=OuterRef("pk")).visible_to(actor)
    seen = Plan.objects.visible_to(actor, day).select_related("drafted_by__person")
    counted = seen.annotate(total=_counted(tasks), open=_counted(tasks.unfinished()))
    return counted.defer("text", "reading").order_by("-pk")


def _counted(tasks: QuerySet[Task]) -> Coalesce:
    number = tasks.order_by().values("plan").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)


def campaign_page(plan: Plan, *, actor: Actor, day: dt.date) -> dict[str, Any]:
    tasks = Task.objects.filter(plan=plan).visible_to(actor)
    office = actor.post_code in OFFICE_POSTS and office_works(plan, actor, day)
    states = dict(tasks.order_by().values_list("state").annotate(Count("pk")))
    late = tasks.overdue(day).count()
    total, rows = sum(states.values()), _items(plan, tasks)
    asks_cases = any(one["row"].item.kind == Item.Kind.CASES for one in rows)
    return {
        "plan": plan,
        "steps": steps_of(plan.state),
        "chart": chart_of(plan),
        "numbers": _numbers(plan, states, late),
        "total": total,
        "closed": sum(states.get(state, 0) for state in CLOSED),
        "rows": rows,
        "quota": summary_of(plan, actor, day) if asks_cases else None,
        "dispatches": Dispatch.objects.filter(plan=plan).select_related("by__person", "document"),
        "papers": _papers(plan, actor, day),
        "supplements": _supplements(plan, actor),
        "committee": _committee(plan),
        "reporting": reporting(plan.pk) if office and total else (),
        "job": _job(plan) if office else None,
        "missing": preview(plan.pk, day=day) if office and plan.state == Plan.State.RUNNING else None,
        "office": office,
        "own": actor.post_code in UNIT_POSTS,
        "timeline": timeline_of(plan),
    }


def _supplements(plan: Plan, actor: Actor) -> QuerySet[Supplement]:
    """Whoever else reads the 通知 finds it among the papers."""
    if actor.post_code not in (*OFFICE_POSTS, "auditor"):
        return Supplement.objects.none()
    return plan.supplements.select_related("document").order_by("-pk")


def _committee(plan: Plan) -> Committee | None:
    """The one that works, or the last one."""
    rows = plan.committees.annotate(size=Count("members", filter=Q(members__until=None)))
    return rows.order_by("state", "-pk").first()


def reporting(plan: int) -> QuerySet[Item]:
    """The duties whose figures are added up: those that ask for 附件2."""
    asks = Q(deliverables__icontains=Deliverable.STATISTICS.value)
    return Item.objects.filter(asks, plan=plan).select_related("plan").order_by("order")


def steps_of(state: str) -> list[dict[str, str]]:
    now = [code for code, _ in STEPS].index(state)
    if state == Plan.State.ARCHIVED:
        now = len(STEPS)
    place = ["past" if n < now else "now" if n == now else "future" for n in range(len(STEPS))]
    return [{"title": title, "state": one} for (_, title), one in zip(STEPS, place, strict=True)]


def timeline_of(plan: Plan, *, edits: bool = False) -> list[dict[str, Any]]:
    """From the journal, the latest first; edits of the draft only where one asks for them."""
    rows = entries_of("plans.plan", plan.pk).reverse()
    if not edits:
        rows = rows.exclude(verb=EDIT)
    return [line_of(row) | {"does": _does(row)} for row in rows[:100]]


def task_list(plan: Plan, **filters: Any) -> str:
    """The address of the list of tasks with this filter."""
    return f"{reverse('tasks')}?{urlencode({'plan': plan.pk, **filters})}"


def open_tasks(plan: Plan) -> QuerySet[Task]:
    return plan.tasks.exclude(state__in=CLOSED).select_related("item", "unit").order_by("due_on", "pk")


def _does(row: Entry) -> str:
    sentence, data = says(row.verb), row.data
    if row.verb == "plans.plan.dispatch":
        return f"{sentence} {data.get('created', 0)} 件"
    if row.verb != EDIT:
        return sentence
    act = {"add": "新增", "remove": "删除", "restore": "恢复", "change": "修改"}.get(data.get("does", ""))
    return f"{act}第 {data['number']} 项 {data['title']}" if act else "修改基本信息"


def _numbers(plan: Plan, states: dict[str, int], late: int) -> list[dict[str, Any]]:
    found = [
        {"label": f"{state.label} {states[state]}", "url": task_list(plan, state=state.value)}
        for state in Task.State
        if states.get(state)
    ]
    if late:
        found.insert(0, {"label": f"超期 {late}", "kind": "overdue", "url": task_list(plan, light="overdue")})
    return found


def _items(plan: Plan, tasks: QuerySet[Task]) -> list[dict[str, Any]]:
    """Every item that has tasks, with how many of them are closed."""
    closed = Count("pk", filter=Q(state__in=CLOSED))
    counts = tasks.order_by().values_list("item").annotate(total=Count("pk"), closed=closed)
    known = {item: (total, closed) for item, total, closed in counts}
    return [
        {"row": row, "total": known[row.item.pk][0], "closed": known[row.item.pk][1],
         "url": task_list(plan, item=row.item.pk, state="all")}
        for row in rows_of(items_of(plan))
        if row.item.pk in known
    ]  # fmt: skip


def _papers(plan: Plan, actor: Actor, day: dt.date) -> list[Paper]:
    """Who reads those of every unit finds the task lists in the archive; a unit has its own one here."""
    own = actor.post_code in UNIT_POSTS
    but = () if own else (Document.Kind.TASK_LIST.value,)
    return papers_about("plans.plan", plan.pk, seat=actor.post, day=day, but=but)


def _job(plan: Plan) -> Job | None:
    """The last dispatch, as long as it is worth looking at."""
    last = Job.objects.filter(name=JOB, args__plan=plan.pk).order_by("-pk").first()
    return last if last and last.state != Job.State.DONE else None
