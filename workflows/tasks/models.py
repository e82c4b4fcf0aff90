"""A task: one item for one unit in one period, its state machine and what was handed in."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django_fsm import FSMField, transition

from foundation.journal.models import Journaled
from foundation.journal.prepared import AT
from foundation.organization.models import Appointment, Unit
from workflows.plans.models import Duty, Item, Period, Plan, office_decides, office_works

from .ledger.models import LedgerColumns as LedgerColumns
from .ledger.models import TaskExport as TaskExport
from .permissions import not_entered, plan_lives, unit_receives, unit_takes_back, unit_works
from .querysets import CLOSED, IN_REVIEW, OPEN, TaskQuerySet

FIRST = Coalesce("first_submitted_at", AT)


class Task(Journaled):
    verbs = {
        "create": "下达",
        "urge": "催办",
        "extend": "延期",
        "hand_over": "转交办理",
        "reassign": "改派办理",
        "take_back": "收回办理",
        "add_record": "登记活动记录",
        "change_record": "修改活动记录",
        "remove_record": "删除活动记录",
        "attach": "上传附件",
        "detach": "移除附件",
        "supplement": "按补充通知调整",
        "end_entry": "停止代录",
        "succeed": "由承接单位接着办",
        "lead": "改为牵头",
    }

    class State(models.TextChoices):
        ISSUED = "issued", "已下达"
        RECEIVED = "received", "已签收"  # being worked on inside the unit
        UNIT_REVIEW = "unit_review", "单位审批中"
        OFFICE_REVIEW = "office_review", "办公室审核中"
        RETURNED = "returned", "已退回"  # by the office, with reasons item by item
        WAIVER_REVIEW = "waiver_review", "免报审核中"
        ACCEPTED = "accepted", "已通过"
        ARCHIVED = "archived", "已归档"
        WAIVED = "waived", "已免除"
        REJECTED = "rejected", "未通过"  # the office's final no
        CANCELLED = "cancelled", "已撤销"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks")
    item = models.ForeignKey(Item, models.PROTECT, related_name="tasks", db_index=False)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks", db_index=False)
    role = models.CharField("角色", max_length=6, choices=Duty.Role)
    item_version = models.PositiveSmallIntegerField("适用版次", default=1)  # of the item: what is asked here
    state = FSMField(default=State.ISSUED, choices=State, protected=True, max_length=16)
    due_on = models.DateField("截止", null=True)  # 24:00 of this day
    handler = models.ForeignKey(Appointment, models.PROTECT, null=True, db_index=False, related_name="+")
    version = models.PositiveSmallIntegerField("提交次数", default=0)
    first_submitted_at = models.DateTimeField(null=True)  # fixes timeliness, whatever comes after
    urged_on = models.DateField("最近催办", null=True)
    imported = models.BooleanField("方案印发前已完成", default=False)
    # 代录 under way: {"paper_on", "reason"} of the paper that the office is entering for the unit
    entry = models.JSONField("代录", null=True)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now_add=True)  # the last move

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "period", "unit"], name="task_once"),
            models.CheckConstraint(
                condition=Q(state__in=[*OPEN, *CLOSED]),
                name="task_state",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_on", "id"], name="task_unit_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["plan", "due_on", "id"], name="task_plan_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["plan", "unit", "state"], name="task_board"),
            # The ledger of the whole office: its two orders over what is open, the first over everything too.
            models.Index(fields=["due_on", "id"], name="task_due_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["changed", "id"], name="task_stood_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["due_on", "id"], name="task_due"),
        ]

    def __str__(self) -> str:
        return str(self.item)

    @cached_property
    def extension_asked(self) -> Extension | None:
        """The one that waits for the office; a page asks several times."""
        return self.extensions.filter(state="asked").select_related("asked_by__person").first()

    # -- inside the unit
    @transition(
        state, source="issued", target="received", permission=unit_receives, custom={"says": "签收任务"}
    )
    def receive(self):
        return {"changed": AT}

    @transition(
        state, source=["received", "returned"], target="unit_review", permission=unit_works,
        custom={"says": "提交单位审批"},
    )  # fmt: skip
    def submit(self, *, version: int) -> dict[str, object]:
        return {"version": version, "changed": AT, "first_submitted_at": FIRST, "entry": None}

    @transition(
        state, source=["issued", "received", "returned"], target="received", conditions=[not_entered],
        permission=office_works, custom={"says": "开始代录"},
    )  # fmt: skip
    def begin_entry(self, *, paper_on: str, reason: str) -> dict[str, object]:
        return {"changed": AT, "entry": {"paper_on": paper_on, "reason": reason}}

    @transition(
        state, source=["received", "returned"], target="unit_review", permission=office_works,
        custom={"says": "代录，请联络员确认"},
    )  # fmt: skip
    def enter(self, *, version: int, paper_on: str, first: str) -> dict[str, object]:
        """Timely or not is told by the day of the paper (services/entering.py)."""
        at = dt.datetime.fromisoformat(first)
        return {"version": version, "changed": AT, "first_submitted_at": at, "entry": None}

    @transition(
        state, source=["issued", "received", "returned"], target="waiver_review", permission=unit_works,
        custom={"says": "申请免报"},
    )  # fmt: skip
    def ask_waiver(self):
        return {"changed": AT}

    # -- outcomes of approvals (workflows/tasks/outcomes.py): the approval has checked who may
    @transition(
        state, source="unit_review", target="office_review", custom={"says": "单位审批通过，报办公室审核"}
    )
    def reach_office(self):
        return {"changed": AT}

    @transition(state, source="unit_review", target="received", custom={"says": "单位退回修改"})
    def unit_return(self):
        return {"changed": AT}

    @transition(
        state, source=list(IN_REVIEW), target="received",
        custom={"says": "撤回提交"},
    )  # fmt: skip
    def withdraw(self):
        return {"changed": AT}

    @transition(state, source="office_review", target="returned", custom={"says": "办公室退回"})
    def office_return(self):
        return {"changed": AT}

    @transition(state, source="office_review", target="accepted", custom={"says": "办公室审核通过"})
    def accept(self):
        return {"changed": AT}

    @transition(state, source="office_review", target="rejected", custom={"says": "办公室不予通过"})
    def reject(self):
        return {"changed": AT}

    @transition(state, source="waiver_review", target="waived", custom={"says": "同意免报"})
    def waive(self):
        return {"changed": AT}

    @transition(state, source="waiver_review", target="received", custom={"says": "不同意免报"})
    def refuse_waiver(self):
        return {"changed": AT}

    # -- the office
    @transition(state, source="accepted", target="archived", permission=office_works, custom={"says": "归档"})
    def archive(self):
        return {"changed": AT}

    @transition(
        state, source=["accepted", "archived", "rejected", "waived"], target="returned",
        conditions=[plan_lives], permission=office_decides, custom={"says": "重开任务"},
    )  # fmt: skip
    def reopen(self):
        """Filled in again, it is by what the item asks for now."""
        now = Item.objects.filter(pk=OuterRef("item_id")).values("version")
        return {"changed": AT, "item_version": Subquery(now)}

    @transition(
        state, source=["issued", "received", "returned", *IN_REVIEW], target="cancelled", permission=office_works,
        custom={"says": "撤销任务"},
    )  # fmt: skip
    def cancel(self):
        return {"changed": AT}

    # -- the unit ends (succession.py): whoever ends it may
    @transition(state, source="unit_review", target="received", custom={"says": "单位变更，中止审批"})
    def recall(self):
        return {"changed": AT}

    @transition(
        state, source=["issued", "received", "returned", *IN_REVIEW], target="cancelled",
        custom={"says": "单位撤销，任务终止"},
    )  # fmt: skip
    def lapse(self):
        return {"changed": AT}


class ActivityRecord(models.Model):
    """One thing the unit did: may be added until the period closes, frozen into a submission."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="records")
    held_on = models.DateField("活动日期")
    form = models.CharField("活动形式", max_length=20)
    place = models.CharField("活动地点", max_length=100, blank=True)
    sessions = models.PositiveIntegerField("场次", default=1)
    people = models.PositiveIntegerField("参加人数", default=0)
    text = models.TextField("内容与成效", max_length=2000)
    added_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    token = models.CharField(max_length=32)  # of the form it came with: sent twice, it is added once
    removed_at = models.DateTimeField(null=True)

    accepted: bool = False  # marked by the task page: a partial return let it stand

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["task", "token"], name="record_once")]


class Draft(models.Model):
    """What was typed but not yet submitted; belongs to the task, so a successor finds it."""

    task = models.OneToOneField(Task, models.CASCADE, related_name="draft")
    content = models.JSONField(default=dict)  # as typed, numbers that can't be read included
    revision = models.PositiveIntegerField(default=1)  # two people at once: the second is told
    authors = models.JSONField(default=list)  # ids of the people who saved it: they never sign
    saved_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()


class Submission(models.Model):
    """One version handed in. `content` is whole: summary, records, statistics, attachments by hash."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="submissions", db_index=False)
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)  # what its approvals sign
    author = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    paper = models.JSONField("代录", null=True)  # entered by the office: {"paper_on", "reason"}

    class Meta:
        ordering = ["task", "version"]
        constraints = [models.UniqueConstraint(fields=["task", "version"], name="submission_version")]


class SubmissionText(models.Model):
    """A submission as it is searched: its parts folded (texts.py). The tokens stand in a table of their own."""

    submission = models.OneToOneField(Submission, models.CASCADE, primary_key=True, related_name="text")
    folded = models.TextField()


class Waiver(models.Model):
    """免报: the unit says that a task does not concern it, and why. The office decides."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="waivers")
    reason = models.CharField("理由", max_length=500)
    digest = models.CharField(max_length=64)
    author = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["task", "pk"]


class Extension(Journaled):
    """延期: asked for before the due day, decided by the office. Meanwhile the ladder of supervision stands still."""

    verbs = {"create": "申请延期"}

    class State(models.TextChoices):
        ASKED = "asked", "待决定"
        AGREED = "agreed", "已同意"  # perhaps to another day than was asked for
        REFUSED = "refused", "未同意"
        WITHDRAWN = "withdrawn", "已撤回"

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    due_on = models.DateField("原截止")
    wanted_on = models.DateField("申请延至")
    granted_on = models.DateField("同意延至", null=True)
    reason = models.CharField("理由", max_length=500)
    asked_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    state = FSMField(default=State.ASKED, choices=State, protected=True, max_length=16)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(state="asked"), name="extension_once"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "agreed", "refused", "withdrawn"]), name="extension_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.wanted_on}"

    @transition(state, source="asked", target="agreed", permission=office_works, custom={"says": "同意延期"})
    def agree(self, *, granted_on: str) -> dict[str, object]:
        return {"granted_on": granted_on, "decided_at": AT}

    @transition(
        state, source="asked", target="refused", permission=office_works, custom={"says": "不同意延期"}
    )
    def refuse(self):
        return {"decided_at": AT}

    @transition(
        state, source="asked", target="withdrawn", permission=unit_takes_back, custom={"says": "撤回延期申请"}
    )
    def withdraw(self):
        return {"decided_at": AT}


class Remark(models.Model):
    """One reason of a return: which part of the submission, what is wrong with it."""

    class Reason(models.TextChoices):
        MISSING = "missing", "缺少材料"
        INCOMPLETE = "incomplete", "内容不全"
        WRONG = "wrong", "数据有误"
        UNCLEAR = "unclear", "图片或附件不清"
        OTHER = "other", "其他"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="remarks")
    part = models.CharField(max_length=60)  # "summary", "record:12", "attachment:7", "statistics:S01"
    reason = models.CharField("原因", max_length=12, choices=Reason, default=Reason.OTHER)
    text = models.CharField("说明", max_length=300)
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
