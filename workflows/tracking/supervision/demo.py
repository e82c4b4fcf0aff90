"""Supervision in the demo: the sweep of every working morning, and what units and office do with slips."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.calendar import WorkCalendar
from workflows.campaigns.demo.days import FORGETS, Hands

from ..models import Slip
from ..models.supervision import OPEN
from ..upward.demo import owe
from . import services
from .sweep import sweep

REPLIES = (
    "经办人外出培训，材料未及时整理。现已明确替补经办人，两个工作日内补报。",
    "活动已经开展，照片和签到表正在收集，本周内补报。",
    "对报送要求理解有误，已组织学习，立即补报。",
)


def morning(at: dt.datetime, hands: Hands, clerk: Actor, calendar: WorkCalendar) -> None:
    """Signed for on the day after, answered on the second, closed on the third; but for a red one that is left to
    whoever opens the demo."""
    sweep(at=at)
    owe(at, clerk, calendar)
    today = timezone.localdate(at)
    left = Q(unit__code=FORGETS, colour="red")
    for slip in Slip.objects.filter(~left, state__in=OPEN).order_by("pk"):
        unit, age = hands.get(slip.unit_id, {}), calendar.between(slip.issued_on, today)
        who = unit.get({"red": "head", "yellow": "deputy"}.get(slip.colour, "liaison"))
        if slip.state == "replied" and age >= 3:
            services.close(slip=slip.pk, opinion="已阅，请按承诺时间补报。", actor=clerk, at=at)
        elif slip.state == "received" and age >= 2 and who:
            services.answer(slip=slip.pk, reply=REPLIES[slip.number % len(REPLIES)], actor=who, at=at)
        elif slip.state == "issued" and age >= 1 and (liaison := unit.get("liaison")):
            services.receive(slip=slip.pk, actor=liaison, at=at)
