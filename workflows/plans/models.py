"""A plan (方案) as it was read and edited: items, their periods, and whose duty each is.

From its approval on the same row is the campaign (活动); workflows/campaigns drives its state.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from foundation.files.models import StoredFile
from foundation.journal.models import Journaled
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment, Unit
from foundation.organization.posts import OFFICE_POSTS, Post
from foundation.organization.rules import Rule, holds

from .permissions import sees_plan

office_works = Rule("只有安委办的经办人或主任可以办理。", holds(*OFFICE_POSTS))
office_decides = Rule("只有安委办主任可以办理。", holds(Post.OFFICE_HEAD))


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, actor: Actor, day: dt.date) -> PlanQuerySet:
        return self.filter(sees_plan.q(actor.post, day))


class Plan(Journaled):
    """One campaign of one year."""

    verbs = {
        "create": "读入方案，建立草稿",
        "edit": "修改草稿",
        "dispatch": "下达任务",
        "supplement": "印发补充通知",
        "copy": "复制往年方案，建立草稿",
    }

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"  # read from the text; the office edits it
        IN_APPROVAL = "in_approval", "审批中"  # nobody changes it meanwhile
        APPROVED = "approved", "待下达"
        RUNNING = "running", "进行中"  # tasks are out
        CLOSING = "closing", "收尾中"  # no new tasks; what is open is settled
        ARCHIVED = "archived", "已归档"

    title = models.CharField("名称", max_length=200)
    year = models.PositiveSmallIntegerField("年度", null=True)
    theme = models.CharField("主题", max_length=200, blank=True)
    text = models.TextField("方案原文")
    source_name = models.CharField("文件名", max_length=200, blank=True)
    source_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    # The reading as the contract prints it: spans, preamble, what was not understood. Never edited.
    reading = models.JSONField("读取结果", default=dict)
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="发文机关")
    drafted_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField("开始", null=True)
    ends_on = models.DateField("结束", null=True)
    state = FSMField(default=State.DRAFT, choices=State, protected=True, max_length=16)
    created = models.DateTimeField(auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in_approval", "approved", "running", "closing", "archived"]),
                name="plan_state",
            )
        ]

    def __str__(self) -> str:
        return self.title

    # Moved by the campaign's flow (workflows/campaigns/flows.py); its approval has checked who may approve.
    @transition(
        state,
        source="draft",
        target="in_approval",
        permission=office_works,
        custom={"says": "将方案送审"},
    )
    def send_for_approval(self):
        return {}

    @transition(state, source="in_approval", target="approved", custom={"says": "方案获得批准"})
    def approve(self):
        return {}

    @transition(state, source="in_approval", target="draft", custom={"says": "方案退回修改"})
    def send_back(self):
        return {}

    @transition(
        state, source="approved", target="running", permission=office_works, custom={"says": "启动活动"}
    )
    def start(self):
        return {}

    @transition(
        state, source="running", target="closing", permission=office_works, custom={"says": "开始收尾"}
    )
    def begin_closing(self):
        return {}

    @transition(
        state, source="closing", target="running", permission=office_works, custom={"says": "撤回收尾"}
    )
    def resume(self):
        return {}

    @transition(
        state, source="closing", target="archived", permission=office_decides, custom={"says": "活动归档"}
    )
    def archive(self):
        return {}


class Item(models.Model):
    """One numbered item of the plan, a reporting duty or the case quota: what becomes tasks."""

    class Kind(models.TextChoices):
        ACTIVITY = "activity", "活动事项"
        REPORT = "report", "报送事项"  # R1–R3 of the plan
        CASES = "cases", "案例推荐"
        LIAISON = "liaison", "联络员"

    class Disposition(models.TextChoices):
        DISPATCH = "dispatch", "下达"
        DONE = "done", "记为已完成"  # lay in the past when the plan was issued
        LEAVE_OUT = "leave_out", "不下达"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField("排序")
    number = models.CharField("序号", max_length=12)  # "19" as the plan has it, "R1" for a duty
    kind = models.CharField("类型", max_length=10, choices=Kind, default=Kind.ACTIVITY)
    section = models.JSONField("所属部分", default=list)  # headings, outermost first
    title = models.CharField("标题", max_length=200)
    text = models.TextField("内容")
    source = models.JSONField("原文位置", default=list)  # [start, end), empty for an item added by hand
    reading = models.JSONField("读取结果", default=dict)  # dates, quantities, responsible with spans
    disposition = models.CharField("处理", max_length=10, choices=Disposition, default=Disposition.DISPATCH)
    deliverables = models.JSONField("应交材料", default=list)  # codes of deliverables.py
    checked = models.BooleanField("已核对", default=False)
    # Phrases of the reading that name nobody of ours and that the office has decided about.
    settled = models.JSONField("已处理的用语", default=list)
    wait_assists = models.BooleanField("配合单位都报送以后，牵头单位才能提交", default=False)
    version = models.PositiveSmallIntegerField("版次", default=1)  # a 补充通知 makes the next

    class Meta:
        ordering = ["plan", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="item_order")]

    def __str__(self) -> str:
        return f"第 {self.number} 项 {self.title}" if self.kind == self.Kind.ACTIVITY else self.title

    @property
    def mark(self) -> str:
        """What stands in the column 项: 5, 报送1, 案例. R1 and C are names for programs, not for people."""
        if self.kind == self.Kind.REPORT:
            return f"报送{self.number.removeprefix('R')}"
        return {self.Kind.CASES: "案例", self.Kind.LIAISON: "联络"}.get(self.Kind(self.kind), self.number)

    @property
    def called(self) -> str:
        """第 5 项, 报送1: in a sentence."""
        return f"第 {self.number} 项" if self.kind == self.Kind.ACTIVITY else self.mark


class ItemVersion(models.Model):
    """What an item asked for until a 补充通知 changed it; the item itself says what it asks for now."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    deliverables = models.JSONField(default=list)
    reading = models.JSONField(default=dict)
    due = models.JSONField(default=list)  # [[period, its name, its day]], as Terms has them
    until = models.DateTimeField()
    basis = models.CharField(max_length=300)  # the paper that changed it: its number

    class Meta:
        ordering = ["item", "number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="item_version")]


class Period(models.Model):
    """When an item is due: one, or several where a duty comes back."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="periods")
    name = models.CharField("期次", max_length=40, blank=True)
    starts_on = models.DateField("开始", null=True, blank=True)
    due_on = models.DateField("截止", null=True, blank=True)  # 24:00 of this day, no roll-over

    class Meta:
        ordering = ["item", "due_on", "pk"]


class Duty(models.Model):
    """Who has to do an item: one unit or a whole group, leading or assisting."""

    class Role(models.TextChoices):
        LEAD = "lead", "牵头"
        ASSIST = "assist", "配合"

    item = models.ForeignKey(Item, models.CASCADE, related_name="duties")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(
        "organization.UnitGroup", models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField("角色", max_length=6, choices=Role, default=Role.LEAD)
    phrase = models.CharField("方案用语", max_length=100, blank=True)
    source = models.JSONField("原文位置", default=list)

    class Meta:
        ordering = ["item", "-role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) ^ Q(group__isnull=False), name="duty_unit_or_group"
            )
        ]
