"""How the year begins: people with telephones, routes that allow batches, the monthly plan; in May the campaign."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

from approvals.engine.routes import Resubmit
from approvals.models import Approval, Route
from approvals.routing.versions import add_version
from approvals.services import decide, version_for
from approvals.store import route_of
from foundation.jobs import queue
from foundation.organization.models import Appointment, Person, UnitGroup
from foundation.organization.services import change_person, working_calendar
from workflows.campaigns import services
from workflows.campaigns.demo.editing import edit_draft
from workflows.campaigns.demo.moving import plan_text
from workflows.campaigns.demo.people import assemble
from workflows.campaigns.drafts import import_plan
from workflows.campaigns.starting import start_dispatch
from workflows.plans.editing import save_item
from workflows.plans.models import Item
from workflows.plans.state import item_state, token

from .world import FIRST, YEAR, Year

MONTHLY = f"""{YEAR}年英德市安全生产宣传情况月报工作方案
一、时间
1月1日至12月31日
二、内容
1.各镇（街）逐月报送安全生产宣传《统计表》，由本单位负责人审核。
"""
TOLD = ("liaison", "handler", "head")  # of them two of five have given a telephone number


def found(year: Year) -> None:
    year.today = FIRST
    at = year.at(8)
    assemble(year.units, at=at, seed=year.seed)
    year.calendar = working_calendar()
    queue.put_periodic(at)
    year.meet()
    _telephones(at)
    _routes(year, at)


def _telephones(at: dt.datetime) -> None:
    people = Appointment.objects.filter(post__in=TOLD).values("person")
    for n, person in enumerate(Person.objects.filter(pk__in=people).order_by("username")):
        if n % 5 > 1:
            continue
        values = {"name": person.name, "phone": f"1390000{n:04}", "is_active": True}
        change_person(person=person, values=values, at=at)


def _routes(year: Year, at: dt.datetime) -> None:
    """As offices have them: agreed to in batches, and gone on with at the returner where nothing else changed."""
    for route in Route.objects.filter(subject="tasks.task").order_by("pk"):
        better = replace(route_of(version_for(route.code)), batch=True, resubmit=Resubmit.JUMP_BACK)
        add_version(route=route, definition=better, actor=year.boss, at=at)


def begin_months(year: Year) -> None:
    """Read, given its twelve days, approved and dispatched on one day."""
    at = year.at(11, 10)
    plan = import_plan(text=MONTHLY, actor=year.clerk, at=at, source_name="月报方案.txt").pk
    (item,) = Item.objects.filter(plan=plan).prefetch_related("periods", "duties")
    before = item_state(item)
    towns = UnitGroup.objects.get(code="towns").pk
    given = before | {
        "kind": Item.Kind.REPORT, "number": "R1", "title": "安全生产宣传情况月报", "deliverables": ["statistics"],
        "periods": _months(), "duties": [["lead", None, towns, "各镇（街）", []]], "checked": True,
    }  # fmt: skip
    save_item(item=item.pk, given=given, seen=token(before), actor=year.clerk, at=at)
    year.monthly = _put_in_force(year, plan)


def _months() -> list[list[str]]:
    """Due on the fifth of the month after, whatever day of the week that is."""
    starts = [dt.date(YEAR, month, 1) for month in range(1, 13)] + [dt.date(YEAR + 1, 1, 1)]
    return [
        [f"{start.month}月", start.isoformat(), after.replace(day=5).isoformat()]
        for start, after in pairwise(starts)
    ]


def begin_campaign(year: Year) -> None:
    """The demo's plan."""
    plan = import_plan(text=plan_text(YEAR), actor=year.clerk, at=year.at(11, 10), source_name="方案.txt").pk
    edit_draft(plan=plan, actor=year.clerk, at=year.at(11, 20))
    year.campaign = _put_in_force(year, plan)


def _put_in_force(year: Year, plan: int) -> int:
    services.send_for_approval(plan=plan, actor=year.clerk, at=year.at(11, 30))
    waiting = Approval.objects.filter(state="pending", subject="viewflow.task").latest("pk")
    decide(approval_id=waiting.pk, actor=year.boss, at=year.at(11, 40), do="agree", opinion="同意。")
    start_dispatch(plan=plan, actor=year.clerk, at=year.at(11, 50))
    return plan
