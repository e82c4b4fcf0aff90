"""推荐: a case put forward as a typical one, in one campaign, on its way through the office."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition
from viewflow.workflow.models import Process

from foundation.journal.models import Journaled
from foundation.organization.models import Unit
from workflows.plans.models import Item, Plan, office_works

from ..kinds import CaseKind
from .cases import Case


class Recommendation(Journaled):
    """One case in one campaign, once: what is returned or taken back goes on in the same row."""

    verbs = {"create": "推荐典型案例", "change": "修改推荐内容", "succeed": "由承接单位接着办"}

    class State(models.TextChoices):
        RECOMMENDED = "recommended", "审核中"  # exactly one approval is pending
        RETURNED = "returned", "已退回"  # with reasons; may be recommended again
        WITHDRAWN = "withdrawn", "已撤回"  # by the unit; may be recommended again
        DECLINED = "declined", "未采用"  # the office's final no
        ACCEPTED = "accepted", "已采用"
        PUBLISHED = "published", "已公布"
        ARCHIVED = "archived", "已归档"

    case = models.ForeignKey(Case, models.PROTECT, related_name="recommendations")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField("类型", max_length=16, choices=CaseKind)
    decided_on = models.DateField("决定或移送日期", null=True)
    summary = models.TextField("案情摘要", max_length=1000)
    merit = models.TextField("典型意义", max_length=1000)
    # What the case's record said of it when it was sent: None where it can't be told from what is recorded.
    qualifies = models.BooleanField("符合条件", null=True)
    basis = models.JSONField("依据", default=list)  # sentences
    first_on = models.DateField("首次推荐日期")  # whatever comes after, the quota counts by this day
    published_on = models.DateField("公布日期", null=True)
    published_in = models.CharField("公布渠道", max_length=100, blank=True)
    state = FSMField(default=State.RECOMMENDED, choices=State, protected=True, max_length=12)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "plan"], name="recommended_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "recommended", "returned", "withdrawn", "declined", "accepted", "published", "archived",
                    ]
                ),
                name="recommendation_state",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["plan", "unit", "state"], name="recommendation_quota")]

    def __str__(self) -> str:
        return self.case.title

    # Moved by its flow (recommending/flows.py); the approval has checked who may decide.
    @transition(
        state, source=["returned", "withdrawn"], target="recommended", custom={"says": "再次推荐"}
    )  # fmt: skip
    def send_again(self) -> dict[str, Any]:
        return {}

    @transition(state, source="recommended", target="returned", custom={"says": "退回推荐"})
    def send_back(self) -> dict[str, Any]:
        return {}

    @transition(state, source="recommended", target="withdrawn", custom={"says": "撤回推荐"})
    def take_back(self) -> dict[str, Any]:
        return {}

    @transition(state, source="recommended", target="declined", custom={"says": "不予采用"})
    def decline(self) -> dict[str, Any]:
        return {}

    @transition(state, source="recommended", target="accepted", custom={"says": "采用推荐"})
    def accept(self) -> dict[str, Any]:
        return {}

    @transition(
        state, source="accepted", target="published", permission=office_works, custom={"says": "公布案例"}
    )
    def publish(self, *, published_on: str, published_in: str) -> dict[str, Any]:
        return {"published_on": published_on, "published_in": published_in}

    @transition(
        state, source=["accepted", "published"], target="archived", permission=office_works,
        custom={"says": "推荐归档"},
    )  # fmt: skip
    def archive(self) -> dict[str, Any]:
        return {}


class RecommendationProcess(Process):
    """The viewflow process that takes it from the unit's head to the archive."""

    recommendation = models.OneToOneField(Recommendation, models.PROTECT, related_name="process")


OPEN = ("returned", "withdrawn")  # the unit may send it again
STANDING = ("recommended", "accepted", "published", "archived")  # counts as recommended
TAKEN = ("accepted", "published", "archived")
