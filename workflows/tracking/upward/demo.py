"""对上报送 in the demo: what the office owes the level above in a campaign; each is handed in when its day comes."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.calendar import WorkCalendar
from workflows.plans.models import Plan

from ..models import UpwardDuty
from . import services

TO = "清远市安委办"
OWED = (  # kind, title, days after the campaign begins
    ("planned", "“安全生产月”活动方案", 2),
    ("monthly", "“安全生产月”活动进展月报", 23),
    ("summary", "“安全生产月”活动总结和附件2汇总", 34),
)


def owe(at: dt.datetime, clerk: Actor, calendar: WorkCalendar) -> None:
    """Called every working morning; the working day before its due day the clerk hands one in."""
    plan = Plan.objects.filter(state=Plan.State.RUNNING, starts_on__isnull=False).order_by("pk").first()
    if plan is None or plan.starts_on is None:
        return
    if not UpwardDuty.objects.filter(plan=plan).exists():
        for kind, title, days in OWED:
            due = plan.starts_on + dt.timedelta(days=days)
            values = {
                "kind": kind,
                "title": title,
                "to": TO,
                "due_on": due,
                "plan_id": plan.pk,
                "handler_id": clerk.post,
            }
            services.add_duty(values=values, actor=clerk, at=at)
    today = timezone.localdate(at)
    for one in UpwardDuty.objects.filter(plan=plan, state=UpwardDuty.State.OPEN).order_by("due_on"):
        if calendar.between(today, one.due_on) <= 1:
            given = {"handed_on": today, "channel": "粤政易协同办公平台", "receipt": f"YZY{today:%Y%m%d}0001"}
            services.hand_in(duty=one.pk, **given, actor=clerk, at=at)  # type: ignore[arg-type]
