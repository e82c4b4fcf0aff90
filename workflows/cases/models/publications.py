"""公开文本: what is said to the public about a decision, or about a case that was recommended as typical."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from foundation.journal.models import Journaled

from .cases import Case
from .parties import Decision
from .recommendations import Recommendation

OVER = Q(state__in=["withdrawn", "dropped"])


class Publication(Journaled):
    """Kept masked: what a rule masks is in no version of the text. It leaves after somebody else has reviewed it."""

    verbs = {"create": "起草公开文本", "change": "修改公开文本"}

    class State(models.TextChoices):
        DRAFT = "draft", "起草中"
        IN_REVIEW = "in_review", "待审核"
        RETURNED = "returned", "已退回"  # with the reason; may be sent again
        APPROVED = "approved", "可以公开"
        PUBLISHED = "published", "已公开"
        WITHDRAWN = "withdrawn", "已撤回公开"
        DROPPED = "dropped", "不再公开"  # given up before it left

    case = models.ForeignKey(Case, models.PROTECT, related_name="publications")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="publications")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, null=True, related_name="publications")
    title = models.CharField("标题", max_length=120)
    text = models.TextField("正文", max_length=5000)
    people = models.JSONField(default=dict)  # name → 张某: who was called so stays called so
    remark = models.CharField("退回理由", max_length=200, blank=True)
    published_on = models.DateField("公开日期", null=True)
    published_in = models.CharField("公开渠道", max_length=100, blank=True)
    state = FSMField(default=State.DRAFT, choices=State, protected=True, max_length=12)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=None, recommendation__isnull=False)
                | Q(decision__isnull=False, recommendation=None),
                name="publication_of_one",
            ),
            models.UniqueConstraint(
                fields=["decision"], condition=~OVER, name="publication_decision_once"
            ),
            models.UniqueConstraint(
                fields=["recommendation"], condition=~OVER, name="publication_case_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "draft", "in_review", "returned", "approved", "published", "withdrawn", "dropped",
                    ]
                ),
                name="publication_state",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def whole(self) -> str:
        return f"{self.title}\n\n{self.text}"

    # Who may is said by publishing/permissions.py, asked by the services under the lock of the case.
    @transition(state, source=["draft", "returned"], target="in_review", custom={"says": "送审公开文本"})
    def submit(self) -> dict[str, Any]:
        return {"remark": ""}

    @transition(state, source="in_review", target="approved", custom={"says": "同意公开"})
    def approve(self) -> dict[str, Any]:
        return {}

    @transition(state, source="in_review", target="returned", custom={"says": "退回公开文本"})
    def send_back(self, *, remark: str) -> dict[str, Any]:
        return {"remark": remark}

    @transition(state, source=["in_review", "approved"], target="draft", custom={"says": "取回公开文本"})
    def take_back(self) -> dict[str, Any]:
        return {}

    @transition(state, source=["draft", "returned"], target="dropped", custom={"says": "不再公开"})
    def drop(self) -> dict[str, Any]:
        return {}

    @transition(state, source="approved", target="published", custom={"says": "记录公开"})
    def publish(self, *, published_on: str, published_in: str) -> dict[str, Any]:
        return {"published_on": published_on, "published_in": published_in}

    @transition(state, source="published", target="withdrawn", custom={"says": "撤回公开"})
    def withdraw(self) -> dict[str, Any]:
        return {}


EDITABLE = (Publication.State.DRAFT, Publication.State.RETURNED)
UNDER_WAY = (*EDITABLE, Publication.State.IN_REVIEW, Publication.State.APPROVED)
