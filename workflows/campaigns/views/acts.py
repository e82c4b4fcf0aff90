"""What the office does to a plan and its campaign, one press each; the page comes back with the outcome."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.pages import page_of
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused
from workflows.plans.models import Plan, office_works
from workflows.plans.problems import blockers, cautions
from workflows.plans.services import items_of
from workflows.tasks.papers import register_statistics_of

from .. import services
from ..pages import open_tasks, reporting
from ..preview import preview
from ..starting import start_dispatch
from ..waiting import waits_for

office = only(*OFFICE_POSTS, says=office_works.says)


def _does(request: HttpRequest, pk: int, service: Callable[..., object], says: str) -> HttpResponse:
    try:
        service(plan=pk, actor=actor_of(request), at=timezone.now())
        messages.success(request, says)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("plan", pk)


@require_http_methods(["GET", "POST"])
@office
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the way first, then what one might look at; only the first blocks."""
    plan = get_object_or_404(Plan, pk=pk)
    if request.method == "POST":
        answer = _does(request, pk, services.send_for_approval, "已送审。")
        if name := waits_for(plan):
            messages.info(request, f"下一步：{name} 审批。")
        return answer
    if plan.state != Plan.State.DRAFT:
        return redirect("plan", pk)
    items = list(items_of(plan))
    found = {"blockers": blockers(plan, items), "cautions": cautions(plan, items)}
    return render(request, "campaigns/send.html", {"plan": plan, "items": items, **found})


@require_POST
@office
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Plan, pk=pk)
    return _does(request, pk, services.take_back, "已撤回，可以继续修改。")


@require_http_methods(["GET", "POST"])
@office
def dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """How many tasks for whom, before the press; then the page of the campaign shows how far it is."""
    plan = get_object_or_404(Plan, pk=pk)
    if request.method == "POST":
        return _does(request, pk, start_dispatch, "正在下达任务，完成后本页会显示数量。")
    if plan.state not in (Plan.State.APPROVED, Plan.State.RUNNING):
        messages.warning(request, f"方案当前为“{plan.get_state_display()}”，不能下达任务。")
        return redirect("plan", pk)
    seen = preview(pk, day=timezone.localdate())
    return render(request, "campaigns/dispatch.html", {"plan": plan, "preview": seen})


@require_POST
@office
def begin_closing(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Plan, pk=pk)
    return _does(request, pk, services.begin_closing, "已开始收尾，不再下达新任务。")


@require_POST
@office
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Plan, pk=pk)
    return _does(request, pk, services.resume, "已撤回收尾，活动继续进行。")


@require_POST
@office
def statistics(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """汇总统计表 of one reporting duty, over what has been accepted so far."""
    row = get_object_or_404(reporting(pk), pk=item)
    register_statistics_of(item=row, actor=actor_of(request), at=timezone.now())
    messages.success(request, f"正在生成“{row.title}”的汇总统计表，生成后列在公文里。")
    return redirect("plan", pk)


@require_http_methods(["GET", "POST"])
@office
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Blocked while tasks are open: they are listed, each with its link."""
    plan = get_object_or_404(Plan, pk=pk)
    if request.method == "POST":
        return _does(request, pk, services.archive, "活动已归档。")
    if plan.state != Plan.State.CLOSING:
        messages.warning(request, f"活动当前为“{plan.get_state_display()}”，先开始收尾，才能归档。")
        return redirect("plan", pk)
    page = page_of(request, open_tasks(plan), unit="件")
    return render(request, "campaigns/archive.html", {"plan": plan, "page": page})
