"""In the demo the office's clerk looks at the board on every working morning: whoever signs in then sees what changed."""

from __future__ import annotations

import datetime as dt

from foundation.organization.actors import Actor
from foundation.organization.calendar import WorkCalendar
from workflows.campaigns.demo.days import Hands
from workflows.plans.models import Plan

from .visiting import look_at


def morning(at: dt.datetime, hands: Hands, clerk: Actor, calendar: WorkCalendar) -> None:
    for plan in Plan.objects.filter(state="running").values_list("pk", flat=True):
        if clerk.person:
            look_at(plan=plan, person=clerk.person, at=at)
