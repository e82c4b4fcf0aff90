"""登记册: one model for all of them; what their columns are is data (kinds/*.yaml)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from approvals.models import Approval
from foundation.journal.models import Journaled
from foundation.organization.models import Appointment, Unit
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.rules import Rule, holds
from workflows.cases.models import Case

office_keeps = Rule("登记册由安委办登记、导入和更正。", holds(*OFFICE_POSTS))


class Register(Journaled):
    """One register. `heads` remembers which column of a file was which of ours."""

    verbs = {"take": "导入登记册"}

    code = models.CharField(max_length=20, unique=True)
    private = models.BooleanField(default=False)
    heads = models.JSONField(default=dict)  # {"发布平台": "channel"}

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code


class RegisterImport(models.Model):
    """One file that was brought: looked at first, then taken. What was wrong in it stays to be put right."""

    class State(models.TextChoices):
        LOOKED_AT = "looked_at", "待确认"
        TAKEN = "taken", "已导入"

    register = models.ForeignKey(Register, models.PROTECT, related_name="imports")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    heads = models.JSONField()  # names of the file's columns, in their order
    columns = models.JSONField()  # {"channel": "发布平台"}: which of them is which of ours
    lines = (
        models.JSONField()
    )  # [[2, ["英德发布", …]]]; once taken only those that were wrong, each with its faults
    notes = models.JSONField(default=list)  # what the reader of the file has to say: hidden rows, formulas
    counts = models.JSONField(default=dict)  # once taken: {"new": 3, "changed": 1, "same": 20, "wrong": 2}
    state = models.CharField("状态", max_length=10, choices=State, default=State.LOOKED_AT)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class RegisterRow(Journaled):
    """One row. `key` is worked out from the columns that make it the same row; a withdrawn one keeps its key, so that
    the next import of the same file doesn't bring it back."""

    verbs = {
        "create": "登记", "take_in": "导入登记", "change": "更正登记", "take_change": "导入更正", "lead": "转为案件",
    }  # fmt: skip

    class State(models.TextChoices):
        KEPT = "kept", "在册"
        WITHDRAWN = "withdrawn", "已撤销"

    register = models.ForeignKey(Register, models.PROTECT, related_name="rows")
    key = models.CharField(max_length=64)
    day = models.DateField("日期")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    cells = models.JSONField(default=dict)
    chip = models.CharField(max_length=20, blank=True)  # what the list is narrowed by
    text = models.TextField(blank=True)  # what is searched
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name="案件")
    state = FSMField(default=State.KEPT, choices=State, protected=True, max_length=10)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(fields=["register", "-day", "-id"], name="register_day"),
            models.Index(fields=["unit", "register", "-day"], name="register_unit"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["register", "key"], name="register_row_once"),
            models.CheckConstraint(condition=Q(state__in=["kept", "withdrawn"]), name="register_row_state"),
        ]

    def __str__(self) -> str:
        return self.text.partition("\n")[0]

    @transition(
        state,
        source="kept",
        target="withdrawn",
        permission=office_keeps,
        custom={"says": "撤销登记"},
    )
    def withdraw(self) -> dict[str, Any]:
        return {}

    @transition(
        state,
        source="withdrawn",
        target="kept",
        permission=office_keeps,
        custom={"says": "恢复登记"},
    )
    def restore(self) -> dict[str, Any]:
        return {}


class ImportLine(models.Model):
    """A line of a file that made a row or changed one: what stood there before, and what since."""

    load = models.ForeignKey(RegisterImport, models.PROTECT, related_name="written")
    number = models.PositiveIntegerField("行")
    row = models.ForeignKey(RegisterRow, models.PROTECT, null=True, related_name="lines")  # null: a new one
    register = models.ForeignKey(Register, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    day = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    cells = models.JSONField()
    before = models.JSONField(default=dict)
    chip = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["load", "number"]
        indexes = [models.Index(fields=["register", "key"], name="import_line_key")]

    def __str__(self) -> str:
        return f"{self.load_id}:{self.number}"


class Selection(Journaled):
    """作品评选: the works handed in within some days are judged by 票签, the best of them selected."""

    verbs = {"create": "发起评选"}

    class State(models.TextChoices):
        COLLECTING = "collecting", "征集中"
        JUDGING = "judging", "评审中"
        CHOSEN = "chosen", "已选定"
        VOTED = "voted", "已记投票结果"

    register = models.ForeignKey(Register, models.PROTECT, related_name="selections")
    title = models.CharField("名称", max_length=80)
    start = models.DateField("报送自")
    end = models.DateField("报送至")
    wanted = models.PositiveSmallIntegerField("选出")
    state = FSMField(default=State.COLLECTING, choices=State, protected=True, max_length=10)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="selection_days"),
            models.CheckConstraint(
                condition=Q(state__in=["collecting", "judging", "chosen", "voted"]), name="selection_state"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transition(
        state, source=["collecting", "judging"], target="judging", permission=office_keeps, custom={"says": "送评委票签"}
    )  # fmt: skip
    def judge(self) -> dict[str, Any]:
        return {}

    @transition(
        state, source="judging", target="chosen", permission=office_keeps, custom={"says": "选定作品"}
    )
    def choose(self) -> dict[str, Any]:
        return {}

    @transition(
        state, source="chosen", target="voted", permission=office_keeps, custom={"says": "记录网络投票结果"}
    )
    def record_votes(self) -> dict[str, Any]:
        return {}


class Candidate(Journaled):
    """One work of a selection. Its approval is the judges' vote; the counts are what they said."""

    verbs = {"create": "参加评选", "vote": "记录得票"}

    class State(models.TextChoices):
        WAITING = "waiting", "待送评"
        JUDGING = "judging", "评审中"
        PASSED = "passed", "评审通过"
        FAILED = "failed", "评审未通过"
        CHOSEN = "chosen", "入选"

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="candidates")
    row = models.ForeignKey(RegisterRow, models.PROTECT, related_name="candidacies")
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, related_name="+")
    yes = models.PositiveSmallIntegerField("同意", default=0)
    no = models.PositiveSmallIntegerField("不同意", default=0)
    abstained = models.PositiveSmallIntegerField("弃权", default=0)
    votes = models.PositiveBigIntegerField("网络投票", null=True)  # as they stood when they were recorded
    state = FSMField(default=State.WAITING, choices=State, protected=True, max_length=10)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["selection", "-yes", "no", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "row"], name="candidate_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "judging", "passed", "failed", "chosen"]),
                name="candidate_state",
            ),
        ]

    def __str__(self) -> str:
        return str(self.row)

    @transition(
        state, source="waiting", target="judging", permission=office_keeps, custom={"says": "送评委票签"}
    )
    def judge(self) -> dict[str, Any]:
        return {}

    # The judges' own votes have decided who may; the approval moves it.
    @transition(state, source="judging", target="passed", custom={"says": "评审通过"})
    def accept(self, yes: int, no: int, abstained: int) -> dict[str, Any]:
        return {"yes": yes, "no": no, "abstained": abstained}

    @transition(state, source="judging", target="failed", custom={"says": "评审未通过"})
    def fail(self, yes: int, no: int, abstained: int) -> dict[str, Any]:
        return {"yes": yes, "no": no, "abstained": abstained}

    @transition(state, source="judging", target="waiting", custom={"says": "退回，可以重新送评"})
    def send_back(self) -> dict[str, Any]:
        return {}

    @transition(state, source="passed", target="chosen", permission=office_keeps, custom={"says": "入选"})
    def choose(self) -> dict[str, Any]:
        return {}
