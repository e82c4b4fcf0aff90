"""案件 with what happened in them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from foundation.journal.models import Journaled
from foundation.organization.models import Appointment, Unit

from .kept import Kept, verbs_of


class Case(Journaled):
    """案件 of one unit, under the rule pack that was in force when it was opened.

    Where it stands in law is worked out from its events (standing.py); the clocks that wait are kept as rows for lists.
    `double` and `crime`, what the checker says, are kept beside it for lists, written with every party, act and decision.
    """

    verbs = {
        "create": "登记案件", "change": "修改案件信息", "event": "记录案件进展", "strike": "更正案件进展", "look": "查看案件",
        "near": "案件期限临近", "overdue": "案件期限届满", "harm": "填写损害和情形", "paper": "生成案件文书", "export": "导出案件台账",
        **verbs_of("party", "当事人"), **verbs_of("act", "违法行为"), **verbs_of("decision", "处罚决定"), **verbs_of("evidence", "证据"),
        "publish_decision": "记录处罚决定公开", "annul_decision": "记录处罚决定被撤销、变更", "overrule_range": "说明罚款超出幅度的理由",
        "refer": "启动移送", "stop_refer": "停止移送流程", "succeed": "由承接单位接着办",
    }  # fmt: skip

    class State(models.TextChoices):
        OPEN = "open", "办理中"
        CLOSED = "closed", "已结案"

    class Double(models.TextChoices):
        """Who is fined beside an entity; empty: it is no 一案双罚."""

        PERSON = "person", "处罚单位和个人"
        PRINCIPAL = "principal", "处罚单位和主要负责人"

    class Agency(models.TextChoices):
        EMERGENCY = "emergency", "应急管理部门"
        OTHER = "other", "其他部门和镇街"

    title = models.CharField("案由", max_length=100)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="办案单位")
    agency = models.CharField("办案机关", max_length=10, choices=Agency)
    opened_on = models.DateField("登记日期")
    pack = models.CharField(max_length=32)
    pack_version = models.PositiveIntegerField()
    team = models.ManyToManyField(Appointment, related_name="+", verbose_name="办案人员")
    qualified = models.JSONField("有执法资格的人员", default=list)  # ids of appointments of the team
    reviewer = models.CharField("法制审核人员", max_length=40, blank=True)
    flags = models.JSONField("情形", default=list)  # of rule_words.FLAGS
    file = models.JSONField("移送材料", default=dict)  # paper → true, or why it is not there
    violation_ended = models.DateField("违法行为终了日期", null=True)
    dead = models.PositiveIntegerField("死亡人数", default=0)
    injured = models.PositiveIntegerField("重伤人数", default=0)
    loss = models.PositiveBigIntegerField("直接经济损失", default=0)  # whole yuan
    facts = models.JSONField("涉嫌犯罪的情形", default=list)  # of rule_words.FACTS
    double = models.CharField("一案双罚", max_length=9, choices=Double, blank=True)
    crime = models.BooleanField("涉嫌犯罪", default=False)
    state = FSMField(default=State.OPEN, choices=State, protected=True, max_length=8)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=["open", "closed"]), name="case_state")]

    def __str__(self) -> str:
        return self.title

    @transition(state, source="open", target="closed", custom={"says": "案件结案"})
    def close(self) -> dict[str, Any]:
        return {}

    @transition(state, source="closed", target="open", custom={"says": "案件恢复办理"})
    def reopen(self) -> dict[str, Any]:
        return {}


class CaseEvent(Kept):
    """One dated thing that happened; a wrong one is struck out with a reason, never deleted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    step = models.CharField("步骤", max_length=32)  # of the case's pack
    at = models.DateTimeField("发生时间")
    post = models.CharField("办理人职务", max_length=20, blank=True)
    document = models.CharField("文书", max_length=60, blank=True)
    number = models.CharField("文号", max_length=60, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]
