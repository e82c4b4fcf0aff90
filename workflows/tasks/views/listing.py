"""The list of tasks: a unit's own with the late ones first, the office's with filters; acts on several at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.journal.moves import Moved
from foundation.organization.keyset import PK, Key, page_of
from foundation.organization.lights import Light
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from foundation.organization.services import working_calendar
from foundation.organization.typed import number

from .. import services
from ..acts import acts_for
from ..deadlines import last_near_day, light_for
from ..filters import TaskFilter
from ..hands import NO_LIAISON, hands_of
from ..models import Task
from ..permissions import READERS
from ..querysets import late, soon

ORDER = ("overdue", "near", "ok", "idle", "done")  # late first
BATCH = {"receive": services.receive, "urge": services.urge, "archive": services.archive}
WORDS = {"receive": "签收", "urge": "催办", "archive": "归档"}
MOST_REASONS = 5
BY_DUE_DAY = (Key("due_on", nullable=True), PK)


@dataclass(frozen=True)
class Row:
    task: Task
    light: Light
    hands: str
    can: frozenset[str]  # acts on several at once that it may take part in

    @property
    def words(self) -> str:
        """Of the light where the state says more than 已办结."""
        return self.task.get_state_display() if self.light.kind == "done" else ""


@require_safe
@login_required
def tasks(request: HttpRequest) -> HttpResponse:
    identity = request.identity  # type: ignore[attr-defined]
    if identity is None or identity.post not in (*UNIT_POSTS, *READERS):
        raise PermissionDenied("任务只给各单位、安委办和审计员看。")
    today = timezone.localdate()
    calendar = working_calendar(today.year - 1, today.year + 1)
    mine = Task.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    chosen = TaskFilter(request.GET, mine, today=today, calendar=calendar)
    page = page_of(chosen.qs.select_related("item", "unit"), BY_DUE_DAY, request.GET)
    hands = hands_of(page.rows, today)
    rows = [
        Row(task, light_for(task, today, calendar), hands.get(task.pk, ""), _can(task, identity))
        for task in page.rows
    ]
    rows.sort(key=lambda row: ORDER.index(row.light.kind))
    context = {
        "section": "tasks",
        "filter": chosen,
        "page": page,
        "rows": rows,
        "chips": _chips(request, _counts(mine, today, last_near_day(today, calendar))),
        "batch": [(code, WORDS[code]) for code in _offered(identity.post) if any(code in row.can for row in rows)],
        "all_units": identity.post in READERS,
        "no_liaison": any(row.hands == NO_LIAISON for row in rows) and identity.post in UNIT_POSTS,
        "query": request.GET.urlencode(),
    }  # fmt: skip
    template = "tasks/tasks.html#results" if request.htmx else "tasks/tasks.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_POST
@login_required
def batch(request: HttpRequest) -> HttpResponse:
    """What may be done is done; every task that stayed is named with its reason."""
    code = request.POST.get("do", "")
    ids = [pk for one in request.POST.getlist("task") if (pk := number(one))]
    if code not in BATCH or not ids:
        messages.warning(request, "请先勾选任务，再选择办理方式。")
        return _back(request)
    moved: Moved = BATCH[code](tasks=ids, actor=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    if moved.ids:
        messages.success(request, f"已{WORDS[code]} {len(moved.ids)} 件。")
    _tell_missed(request, WORDS[code], moved.missed())
    return _back(request)


def _tell_missed(request: HttpRequest, word: str, missed: dict[int, str]) -> None:
    if not missed:
        return
    mine = Task.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    titles = {task.pk: str(task) for task in mine.filter(pk__in=missed).select_related("item")}
    reasons = [f"{titles.get(pk, '别的任务')}：{says}" for pk, says in list(missed.items())[:MOST_REASONS]]
    more = f"等 {len(missed)} 件" if len(missed) > MOST_REASONS else ""
    messages.warning(request, f"有 {len(missed)} 件没有{word}。{' '.join(reasons)}{more}")


def _can(task: Task, identity: Any) -> frozenset[str]:
    return frozenset(act.code for act in acts_for(task, identity) if act.code in BATCH)


def _offered(post: str) -> tuple[str, ...]:
    if post in OFFICE_POSTS:
        return "urge", "archive"
    return ("receive",) if post == Post.LIAISON else ()


def _counts(mine: Any, today: Any, last: Any) -> dict[str, int]:
    """One query for the numbers on the chips."""
    return mine.unfinished().aggregate(
        open=Count("pk"),
        overdue=Count("pk", filter=late(today)),
        near=Count("pk", filter=soon(today, last)),
        issued=Count("pk", filter=Q(state="issued")),
        returned=Count("pk", filter=Q(state="returned")),
    )


def _chips(request: HttpRequest, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Each keeps unit, item and words that were chosen."""
    kept = {name: request.GET[name] for name in ("q", "unit", "item") if request.GET.get(name)}
    offered: tuple[tuple[str, str, dict[str, str], str], ...] = (
        ("未办结", "open", {}, ""),
        ("超期", "overdue", {"light": "overdue"}, "overdue"),
        ("临期", "near", {"light": "near"}, "near"),
        ("待签收", "issued", {"state": "issued"}, ""),
        ("已退回", "returned", {"state": "returned"}, ""),
    )
    now = {name: request.GET[name] for name in ("light", "state") if request.GET.get(name)}
    return [
        {
            "label": f"{label} {counts[key]}" if kind else label,
            "count": "" if kind else counts[key],
            "url": f"?{urlencode(kept | chosen)}",
            "kind": kind if counts[key] else "",
            "current": now == chosen or (not chosen and now == {"state": "open"}),
        }
        for label, key, chosen, kind in offered
    ]


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was filtered."""
    return redirect(f"{reverse('tasks')}?{QueryDict(request.POST.get('query', '')).urlencode()}")
