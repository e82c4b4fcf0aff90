"""对上报送 of the office: one duty a row, with what was handed in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from documents.models import Document
from foundation.journal.models import Journaled
from foundation.organization.models import Appointment, Unit
from workflows.plans.models import Plan

from ..permissions import keeps_upward


class UpwardDuty(Journaled):
    """What a plan, a 通知 of the level above or a habit asks of the office."""

    verbs = {
        "create": "登记对上报送", "change": "修改对上报送", "remind": "对上报送提醒", "overdue": "对上报送超期",
    }  # fmt: skip

    class State(models.TextChoices):
        OPEN = "open", "待报"
        HANDED = "handed", "已报，待回执"
        RECEIPTED = "receipted", "已回执"
        DROPPED = "dropped", "不用报"

    class Kind(models.TextChoices):
        MONTHLY = "monthly", "月报"
        SUMMARY = "summary", "总结"
        FIGURES = "figures", "统计汇总"
        LISTED = "listed", "名单"
        PLANNED = "planned", "方案"
        OTHER = "other", "其他材料"

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="报送单位")
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="upward", verbose_name="活动"
    )
    kind = models.CharField("种类", max_length=10, choices=Kind)
    title = models.CharField("报什么", max_length=200)
    to = models.CharField("报给谁", max_length=60)
    basis = models.CharField("依据", max_length=300, blank=True)
    due_on = models.DateField("截止")  # 24:00 of this day, no roll-over
    handler = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    handed_on = models.DateField("报送日期", null=True)
    channel = models.CharField("报送方式", max_length=40, blank=True)
    receipt = models.CharField("回执编号", max_length=60, blank=True)
    papers = models.ManyToManyField(Document, related_name="+")  # as they were handed in
    state = FSMField(default=State.OPEN, choices=State, protected=True, max_length=10)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on", "id"], name="upward_open", condition=Q(state="open"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "handed", "receipted", "dropped"]), name="upward_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "dropped"]) | Q(handed_on__isnull=False), name="upward_handed"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transition(state, source="open", target="handed", permission=keeps_upward, custom={"says": "对上报送"})
    def hand_in(self, *, handed_on: str, channel: str) -> dict[str, Any]:
        return {"handed_on": dt.date.fromisoformat(handed_on), "channel": channel}

    @transition(
        state, source="handed", target="receipted", permission=keeps_upward, custom={"says": "登记回执"}
    )
    def confirm(self, *, receipt: str) -> dict[str, Any]:
        return {"receipt": receipt}

    @transition(
        state,
        source=["handed", "receipted"],
        target="open",
        permission=keeps_upward,
        custom={"says": "改回待报"},
    )
    def take_back(self) -> dict[str, Any]:
        return {"handed_on": None, "channel": "", "receipt": ""}

    @transition(
        state, source="open", target="dropped", permission=keeps_upward, custom={"says": "登记为不用报"}
    )
    def drop(self):
        return {}


class UpwardNotice(models.Model):
    """A rung of the ladder that a duty came to: each once for a due day."""

    duty = models.ForeignKey(UpwardDuty, models.CASCADE, related_name="notices", db_index=False)
    due_on = models.DateField()
    rung = models.CharField(max_length=6)  # "T-3"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "due_on", "rung"], name="upward_notice_once")]
