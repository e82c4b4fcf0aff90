"""A campaign begins: its plan arrives, is read and edited, approved, dispatched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from approvals.models import Approval
from approvals.services import decide
from foundation.jobs import queue
from foundation.organization.actors import Actor
from foundation.organization.calendar import DAY
from workflows.campaigns import services
from workflows.campaigns.committees.forms import name_in
from workflows.campaigns.committees.services import add_member, set_up
from workflows.campaigns.drafts import import_plan
from workflows.campaigns.models import CommitteeMember
from workflows.campaigns.starting import start_dispatch
from workflows.plans.models import Plan
from workflows.tasks.services.office import PAPERS

from .days import FOR_THE_WORKER, moment
from .editing import edit_draft
from .people import seat

DISPATCHED = 3 * DAY  # after the plan arrived


def begin(text: str, titles: Mapping[str, str], day: dt.date, *, wrong: str) -> int:
    """Monday the plan arrives, is read, edited and returned for what is `wrong`; Tuesday approved, Thursday dispatched."""
    clerk, boss = Actor.of(seat("anweiban.jingban")), Actor.of(seat("anweiban.zhuren"))
    plan = import_plan(text=text, actor=clerk, at=moment(day, 9), source_name="方案.txt").pk
    edit_draft(plan=plan, titles=titles, actor=clerk, at=moment(day, 11))
    services.send_for_approval(plan=plan, actor=clerk, at=moment(day, 15))
    _decide_plan(boss, moment(day, 16), "return", wrong)
    services.send_for_approval(plan=plan, actor=clerk, at=moment(day + DAY, 9))
    _decide_plan(boss, moment(day + DAY, 10), "agree", "同意。")
    _set_up_committee(plan, boss, moment(day + DAY, 11))
    start_dispatch(plan=plan, actor=clerk, at=moment(day + DISPATCHED, 9))
    queue.run_due(moment(day + DISPATCHED, 10), but=[PAPERS, *FOR_THE_WORKER])
    return plan


def _set_up_committee(plan: int, boss: Actor, at: dt.datetime) -> None:
    """As the plan has it, until the campaign ends; the leader chairs it."""
    row = Plan.objects.get(pk=plan)
    if row.ends_on:
        pk = set_up(plan=plan, name=name_in(row), ends_on=row.ends_on, actor=boss, at=at)
        add_member(
            committee=pk,
            person=seat("anweiban.lingdao").person,
            role=CommitteeMember.Role.CHAIR,
            actor=boss,
            at=at,
        )


def _decide_plan(boss: Actor, at: dt.datetime, do: str, opinion: str) -> None:
    decide(approval_id=Approval.objects.get(state="pending").pk, actor=boss, at=at, do=do, opinion=opinion)
