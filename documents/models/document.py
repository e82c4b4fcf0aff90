"""Official documents: their numbers, gap-free per organ, 代字 and year, and the papers produced."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from foundation.files.models import StoredFile
from foundation.jobs.models import Job
from foundation.journal.models import Journaled
from foundation.organization.models import Appointment, Unit

from ..layout import kinds


class Register(models.Model):
    """The number register of one organ, 代字 and year; `last` is the number given last."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="registers")
    code = models.CharField("机关代字", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "code", "year"], name="register_once")]


class Document(Journaled):
    """A numbered official document (公文) or a paper of a task or a case (审批单, 统计表; many without a number)."""

    verbs = {"create": "登记", "seal": "用印", "mark": "编核验码"}

    class State(models.TextChoices):
        REGISTERED = "registered", "已登记"  # has its number; the paper is being produced
        ISSUED = "issued", "已印发"  # the file is final
        VOID = "void", "已作废"  # the number stays taken

    class Kind(models.TextChoices):
        NOTICE = "notice", "通知"
        CIRCULAR = "circular", "通报"
        REPORT = "report", "报告"
        REQUEST = "request", "请示"
        REPLY = "reply", "批复"
        LETTER = "letter", "函"
        MINUTES = "minutes", "纪要"
        OPINION = "opinion", "意见"
        DECISION = "decision", "决定"
        STATISTICS = "statistics", "汇总统计表"
        APPROVAL_FORM = "approval_form", "审批单"
        TASK_LIST = "task_list", "任务清单"  # what a dispatch means for one unit
        SUPERVISION = "supervision", "督办单"  # what a unit is late with, numbered by the room that sends it
        CASE_PAPER = "case_paper", "案件文书"  # of a case: 移送书, 处罚决定书 …, its content says which

    # 文种 by the Regulation on official documents: people draft these, the system the others.
    OFFICIAL = [one for one in Kind.choices if one[1] in kinds.KINDS]

    kind = models.CharField("文种", max_length=16, choices=Kind)
    title = models.CharField("标题", max_length=200)
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="documents", verbose_name="发文机关")
    # Whom it concerns alone; who reads which kind says documents/permissions.py.
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="相关单位")
    code = models.CharField("机关代字", max_length=20, blank=True)
    year = models.PositiveSmallIntegerField("年份", null=True)
    number = models.PositiveIntegerField("序号", null=True)
    subject = models.CharField(max_length=40)  # what it is about: "plans.plan", "tasks.task"
    subject_id = models.BigIntegerField()
    original = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="copies", verbose_name="原件"
    )  # of a copy for one unit, which bears the number of what it is a copy of (batches)
    issued_on = models.DateField("成文日期")
    content = models.JSONField(default=dict)  # what the paper is made from; the page shows no other data
    digest = models.CharField(max_length=64, blank=True)  # of what was issued, since it was
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, related_name="+"
    )  # the last that was to make its paper
    state = FSMField(default=State.REGISTERED, choices=State, protected=True, max_length=16)
    created_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "code", "year", "number"],
                condition=Q(number__isnull=False, original=None),
                name="document_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["registered", "issued", "void"]), name="document_state"
            ),
        ]
        indexes = [models.Index(fields=["subject", "subject_id"], name="document_subject")]

    def __str__(self) -> str:
        return self.title

    @property
    def issuer(self) -> str:
        """发文机关, as the paper names it; `organ` handled it."""
        return self.content.get("head", {}).get("name") or self.organ.name

    @property
    def full_number(self) -> str:
        """发文字号: 代字〔年〕序号, no leading zero, no 第 (GB/T 9704-2012 7.2.5)."""
        return f"{self.code}〔{self.year}〕{self.number}号" if self.number else ""

    @transition(state, source="registered", target="issued", custom={"says": "印发"})
    def issue(self, *, file: int, digest: str) -> dict[str, Any]:
        return {"file": file, "digest": digest}

    @transition(state, source="registered", target="void", custom={"says": "作废"})
    def void(self):
        return {}


OFFICIAL = {code: kinds.KINDS[label] for code, label in Document.OFFICIAL}  # what sets them apart
OWN = ("draft", "mark", "mark_url")  # keys of a content that are no words, and true of this one paper alone
SAID = ("kind", "title", "organ_id", "unit_id", "code", "year", "number", "issued_on", "content")


def digest_of(document: Document) -> str:
    """SHA-256 over all that an issued document says. Triggers (guard.py) hold it; this tells it from outside."""
    said = {name: getattr(document, name) for name in SAID}
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()
