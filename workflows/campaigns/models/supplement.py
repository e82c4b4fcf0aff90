"""补充通知: what a running campaign asks otherwise from a day on, item by item."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition
from viewflow.workflow.models import Process

from documents.models import Document
from foundation.journal.models import Journaled
from foundation.organization.models import Appointment
from foundation.organization.posts import OFFICE_POSTS, Post
from foundation.organization.rules import Rule, holds
from workflows.plans.models import Item, Plan, office_works

reads_supplement = Rule("补充通知的办理过程只给安委办和审计员看。", holds(*OFFICE_POSTS, Post.AUDITOR))


class Supplement(Journaled):
    """One 补充通知 from its draft to the day it is issued; then the items are of a new version."""

    verbs = {"create": "起草补充通知", "change": "修改补充通知"}

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        IN_APPROVAL = "in_approval", "审批中"  # nobody changes it meanwhile
        APPROVED = "approved", "待印发"
        ISSUED = "issued", "已印发"  # the tasks have taken it
        DROPPED = "dropped", "已作废"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="supplements")
    reason = models.CharField("调整事由", max_length=300)
    state = FSMField(default=State.DRAFT, choices=State, protected=True, max_length=16)
    drafted_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    moved = models.PositiveIntegerField("接续任务数", default=0)
    kept = models.PositiveIntegerField("已办结不变", default=0)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in_approval", "approved", "issued", "dropped"]),
                name="supplement_state",
            )
        ]

    def __str__(self) -> str:
        return f"关于调整《{self.plan.title}》有关事项的补充通知"

    @transition(
        state, source="draft", target="in_approval", permission=office_works,
        custom={"says": "将补充通知送审"},
    )  # fmt: skip
    def send(self):
        return {}

    @transition(state, source="in_approval", target="approved", custom={"says": "补充通知获得批准"})
    def approve(self):
        return {}

    @transition(state, source="in_approval", target="draft", custom={"says": "补充通知退回修改"})
    def send_back(self):
        return {}

    @transition(
        state, source="approved", target="issued", permission=office_works, custom={"says": "印发补充通知"}
    )
    def issue(self, *, document: int, moved: int, kept: int) -> dict[str, object]:
        return {"document": document, "moved": moved, "kept": kept}

    @transition(
        state, source=["draft", "in_approval", "approved"], target="dropped", permission=office_works,
        custom={"says": "作废补充通知"},
    )  # fmt: skip
    def drop(self):
        return {}


class SupplementChange(models.Model):
    """What one item will ask for, written against the version `base` of it."""

    supplement = models.ForeignKey(Supplement, models.CASCADE, related_name="changes")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    base = models.PositiveSmallIntegerField()
    text = models.TextField()
    deliverables = models.JSONField(default=list)
    due = models.JSONField(default=list)  # as plans.terms.Terms has it: every period of the item

    class Meta:
        ordering = ["item__order"]
        constraints = [models.UniqueConstraint(fields=["supplement", "item"], name="supplement_item_once")]


class SupplementProcess(Process):
    """The viewflow process that takes a 补充通知 from draft to issue."""

    supplement = models.OneToOneField(Supplement, models.PROTECT, related_name="process")
