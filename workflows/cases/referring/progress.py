"""Where a referral stands, for the page of its case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from viewflow.workflow import STATUS
from viewflow.workflow.models import Task as FlowTask

from approvals.models import Approval
from approvals.permissions import may_open
from approvals.waiting import pending_of, waits_for
from foundation.organization.actors import Actor
from foundation.organization.templatetags.components import day

from ..clocks import Clock
from ..models import Case, ReferralProcess
from ..standing import Standing
from ..wall.lights import light_of
from ..wall.listing import due_said
from .offers import next_of, offers_of
from .services import begun

STAGES = (  # title, nodes of the flow
    ("发现涉嫌犯罪", ("suspected",)), ("成立专案组", ("team",)), ("书面报告", ("reported",)),
    ("正职负责人决定", ("decision", "amend")), ("移送和抄送", ("handed_over", "copied")),
)  # fmt: skip
OPEN = (STATUS.NEW, STATUS.SCHEDULED)


@dataclass(frozen=True)
class Progress:
    steps: list[dict[str, str]]
    waits: list[FlowTask]  # for somebody of the case
    clock: Clock | None  # that runs until the next step
    light: tuple[str, str]
    who: str = ""  # whom the decision waits for
    approval: Approval | None = None  # where the reader may open it

    @property
    def due(self) -> str:
        return due_said(self.clock.due, self.clock.limit.unit) if self.clock else ""


def progress_of(case: Case, stands: Standing, actor: Actor) -> Progress | None:
    """None where no referral runs."""
    process = ReferralProcess.running(case.pk)
    if process is None:
        return None
    tasks = list(FlowTask.objects.filter(process=process).order_by("pk"))
    now = [task for task in tasks if task.status in OPEN]
    here = {task.flow_task.name for task in now}
    ends = {"approved"} if here & {"decision", "amend"} else here
    clock = next((one for one in stands.live if ends & {*one.rule.ends}), None)
    waits = [task for task in now if task.flow_task.name != "decision"]
    light, running = _light(clock, stands), ReferralProcess.objects.filter(pk=process.pk)
    approval = pending_of(running) if "decision" in here else None
    if approval is None:
        return Progress(_steps(stands, tasks, here, ""), waits, clock, light)
    who = waits_for(running)
    opens = may_open(approval, actor, timezone.localdate(stands.now))
    return Progress(_steps(stands, tasks, here, who), waits, clock, light, who, approval if opens else None)


def _light(clock: Clock | None, stands: Standing) -> tuple[str, str]:
    if clock is None:
        return "idle", "没有在走的期限"
    return light_of(clock.due, clock.limit.unit.value, stands.now, stands.calendar)


def may_start(case: Case, stands: Standing) -> bool:
    return case.state == Case.State.OPEN and not begun(stands)


def _steps(stands: Standing, tasks: list[FlowTask], here: set[str], who: str) -> list[dict[str, str]]:
    past = {task.flow_task.name for task in tasks}
    days = {one.step: one.at for one in stands.events}
    return [
        {"title": title, "state": _state(nodes, here, past), "note": _note(nodes, here, days, who)}
        for title, nodes in STAGES
    ]


def _state(nodes: tuple[str, ...], here: set[str], past: set[str]) -> str:
    if here & {*nodes}:
        return "now"
    return "past" if past & {*nodes} else "future"


def _note(nodes: tuple[str, ...], here: set[str], days: dict[str, dt.datetime], who: str) -> str:
    if "amend" in here & {*nodes}:
        return "已退回，待补充"
    if "decision" in here & {*nodes}:
        return f"等待{who}"
    at = days.get("approved" if "decision" in nodes else nodes[0])
    return day(at.date()) if at else ""


def context_of(case: Case, stands: Standing, actor: Actor, works: bool) -> dict[str, Any]:
    """What the page of the case shows."""
    progress = progress_of(case, stands, actor)
    but = ReferralProcess.STEPS if progress else ()
    return {
        "referral": progress, "may_refer": works and not progress and may_start(case, stands),
        "offers": next_of(offers_of(stands, but)) if works else [], "held": but,
    }  # fmt: skip
