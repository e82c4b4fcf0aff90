"""A campaign as the office runs it, top to bottom: draft, approval, dispatch, running, closing, archive."""

from __future__ import annotations

from typing import Any

from viewflow import this
from viewflow.workflow import flow, lock

from approvals.acting import current_act
from approvals.nodes import ApprovalNode, Opening
from approvals.subjects import Matter
from foundation.journal.moves import transition
from foundation.organization.refusals import Refused
from foundation.organization.templatetags.components import day
from workflows.plans.content import digest_of
from workflows.plans.models import Plan
from workflows.plans.pages import rows_of
from workflows.plans.services import items_of, problems_before_approval
from workflows.tasks.querysets import CLOSED

from .models import CampaignProcess

ROUTE = "plan"  # approvals.Route.code


class CampaignFlow(flow.Flow):
    process_class = CampaignProcess
    process_title = "活动"
    # The stock lock is none, and its nowait variant is slow: this one was right every time.
    lock_impl = lock.SelectForUpdateLock(nowait=False)

    start = flow.StartHandle(this.open).Annotation(title="读入方案").Next(this.edit)
    edit = flow.Handle(this.send).Annotation(title="编辑草稿").Next(this.review)
    review = (
        ApprovalNode(opening=this.opening, matter=this.matter)
        .Annotation(title="审批方案")
        .Approved(this.approve)
        .Returned(this.send_back)
    )
    send_back = flow.Function(this.back_to_draft).Annotation(title="退回修改").Next(this.edit)
    approve = flow.Function(this.approved).Annotation(title="方案获批").Next(this.dispatch)
    dispatch = flow.Handle(this.start_running).Annotation(title="下达任务").Next(this.running)
    running = flow.Handle(this.close).Annotation(title="进行中").Next(this.closing)
    closing = flow.Handle(this.finish).Annotation(title="收尾").Next(this.is_finished)
    is_finished = flow.If(this.archived).Annotation(title="归档？").Then(this.end).Else(this.running)
    end = flow.End()

    def open(self, activation: Any, plan: int) -> CampaignProcess:
        activation.process.plan_id = plan
        activation.process.save()
        return activation.process

    def send(self, activation: Any) -> None:
        _refuse_problems(activation.process.plan_id)
        _move(activation, Plan.send_for_approval)

    def opening(self, activation: Any) -> Opening:
        plan = activation.process.plan
        brief = f"{plan.items.count()} 项"
        if plan.starts_on and plan.ends_on:
            brief += f"；{day(plan.starts_on)} 至 {day(plan.ends_on)}"
        drafted = (plan.drafted_by.person_id,) if plan.drafted_by else ()
        return Opening(ROUTE, plan.title, brief, plan.organ_id, digest_of(plan), authors=drafted)

    def matter(self, activation: Any) -> Matter:
        plan = activation.process.plan
        return Matter(
            "plans/_matter.html", {"plan": plan, "rows": rows_of(items_of(plan))}, f"/plans/{plan.pk}/"
        )

    def back_to_draft(self, activation: Any) -> None:
        _move(activation, Plan.send_back)

    def approved(self, activation: Any) -> None:
        _move(activation, Plan.approve)

    def start_running(self, activation: Any) -> None:
        _move(activation, Plan.start)

    def close(self, activation: Any) -> None:
        _move(activation, Plan.begin_closing)

    def finish(self, activation: Any, archive: bool) -> None:
        if archive:
            _refuse_open(activation.process.plan_id)
        _move(activation, Plan.archive if archive else Plan.resume)

    def archived(self, activation: Any) -> bool:
        return Plan.objects.filter(pk=activation.process.plan_id, state=Plan.State.ARCHIVED).exists()


def _refuse_problems(plan: int) -> None:
    """Under the plan's lock, which every editor takes too: nobody puts a problem behind the check."""
    Plan.objects.select_for_update().get(pk=plan)
    for sentence in problems_before_approval(plan):
        raise Refused(sentence)


def _refuse_open(plan: int) -> None:
    """Counted under the plan's lock, which reopening a task takes too: no task opens behind the count."""
    row = Plan.objects.select_for_update().get(pk=plan)
    if still_open := row.tasks.exclude(state__in=CLOSED).count():
        raise Refused(f"还有 {still_open} 件任务没有办结，请先办结、免除或撤销。")


def _move(activation: Any, move: Any) -> None:
    act = current_act()
    words = {"opinion": act.opinion}
    transition(move, activation.process.plan_id, actor=act.actor, at=act.at, words=words).all_or_refuse()
