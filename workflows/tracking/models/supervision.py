"""What the ladder of supervision did: one row for each rung of a task, reminders and slips (督办单)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from foundation.journal.models import Journaled
from foundation.organization.models import Unit
from workflows.plans.models import office_works
from workflows.tasks.models import Task

from ..permissions import unit_answers


class Reminder(Journaled):
    """期限提醒: a rung before the due day. Of several that were missed only the last is sent, the others are passed."""

    verbs = {"create": "期限提醒", "pass_over": "跳过期限提醒"}

    class Outcome(models.TextChoices):
        SENT = "sent", "已提醒"
        PASSED = "passed", "已跳过"  # overtaken by the next rung, or by the due day

    task = models.ForeignKey(Task, models.PROTECT, related_name="reminders", db_index=False)
    rung = models.CharField("督办级次", max_length=6)  # "T-3"
    due_on = models.DateField("截止")  # an extension begins the ladder anew
    outcome = models.CharField(max_length=8, choices=Outcome)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "due_on", "rung"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.rung}"


class Slip(Journaled):
    """督办单: a task is late. Numbered without a gap per organ and year; the unit signs for it and answers."""

    verbs = {"create": "发出督办单", "succeed": "由承接单位接着办"}

    class State(models.TextChoices):
        ISSUED = "issued", "已发出"
        RECEIVED = "received", "已签收"
        REPLIED = "replied", "已回复"
        CLOSED = "closed", "已办结"
        VOID = "void", "已作废"  # sent wrongly; the number stays taken

    class Colour(models.TextChoices):
        BLUE = "blue", "蓝色督办"
        YELLOW = "yellow", "黄色督办"
        RED = "red", "红色督办"

    task = models.ForeignKey(Task, models.PROTECT, related_name="slips", db_index=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="slips", db_index=False, verbose_name="承办单位"
    )
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, verbose_name="交办机关")
    rung = models.CharField("督办级次", max_length=6)  # "T+3"
    colour = models.CharField("督办级别", max_length=8, choices=Colour)
    due_on = models.DateField("任务截止")
    code = models.CharField("代字", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveIntegerField("序号")
    issued_on = models.DateField("交办日期")
    reply_by = models.DateField("回复期限")
    listed = models.BooleanField("列入通报名单", default=False)
    state = FSMField(default=State.ISSUED, choices=State, protected=True, max_length=16)
    reply = models.TextField("回复", blank=True)  # the last one; the journal has when and by whom
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "due_on", "rung"], name="slip_once"),
            models.UniqueConstraint(fields=["organ", "code", "year", "number"], name="slip_number"),
            models.CheckConstraint(
                condition=Q(state__in=["issued", "received", "replied", "closed", "void"]), name="slip_state"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="slip_unit"),
            models.Index(
                fields=["-id"], name="slip_open", condition=Q(state__in=["issued", "received", "replied"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_number}{self.get_colour_display()}单"

    @property
    def full_number(self) -> str:
        return f"{self.code}〔{self.year}〕{self.number}号"

    @transition(
        state, source="issued", target="received", permission=unit_answers, custom={"says": "签收督办单"}
    )
    def receive(self):
        return {}

    @transition(
        state,
        source=["issued", "received"],
        target="replied",
        permission=unit_answers,
        custom={"says": "回复督办单"},
    )
    def answer(self, *, reply: str) -> dict[str, Any]:
        return {"reply": reply}

    @transition(
        state, source="replied", target="received", permission=office_works, custom={"says": "退回，重新回复"}
    )
    def send_back(self):
        return {}

    @transition(
        state, source="replied", target="closed", permission=office_works, custom={"says": "督办办结"}
    )
    def close(self):
        return {}

    @transition(
        state,
        source=["issued", "received", "replied"],
        target="closed",
        custom={"says": "任务已办，督办自动办结"},
    )
    def settle(self):
        return {}

    @transition(
        state, source=["issued", "received", "replied"], target="void", permission=office_works,
        custom={"says": "作废督办单"},
    )  # fmt: skip
    def void(self):
        return {}


OPEN = ("issued", "received", "replied")
