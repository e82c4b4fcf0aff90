"""考核: what the office adds by hand, the versions that were fixed, and what units object to."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from foundation.journal.models import Journaled
from foundation.organization.models import Unit
from workflows.plans.models import Plan, office_decides, office_works


class Adjustment(Journaled):
    """What no task tells: a bonus, a veto, or points given back after an objection. Never changed, only withdrawn."""

    verbs = {"create": "登记加分、否决或更正"}

    class State(models.TextChoices):
        KEPT = "kept", "有效"
        WITHDRAWN = "withdrawn", "已撤销"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    code = models.CharField("项目", max_length=32)  # of a bonus, a veto or a rule of the scheme
    points = models.DecimalField("分值", max_digits=5, decimal_places=2)  # of a veto none
    why = models.CharField("事由和依据", max_length=200)
    state = FSMField(default=State.KEPT, choices=State, protected=True, max_length=10)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=100), name="adjustment_points"),
            models.CheckConstraint(condition=Q(state__in=["kept", "withdrawn"]), name="adjustment_state"),
        ]

    @transition(
        state,
        source="kept",
        target="withdrawn",
        permission=office_works,
        custom={"says": "撤销加分、否决或更正"},
    )
    def withdraw(self):
        return {}


class Assessment(Journaled):
    """定稿: the results of all units as they stood, with the scheme they were scored by. A later one has its own number."""

    verbs = {"create": "考核结果定稿"}

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="assessments", db_index=False)
    number = models.PositiveSmallIntegerField("版次")
    scheme = models.CharField("评分办法", max_length=32)
    version = models.PositiveSmallIntegerField("办法版次")
    results = models.JSONField()  # as `assess` prints its units, with their places
    digest = models.CharField(max_length=64)  # SHA-256 of the results
    appeal_by = models.DateField("申诉截止")  # 24:00 of this day
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["plan", "-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="assessment_once")]

    def __str__(self) -> str:
        return f"第 {self.number} 版"


class Appeal(Journaled):
    """复核申诉: a unit objects to one line of a fixed version; the office's head gives points back, or says why not."""

    verbs = {"create": "提出复核申诉"}

    class State(models.TextChoices):
        FILED = "filed", "待复核"
        UPHELD = "upheld", "予以更正"
        REFUSED = "refused", "维持原分"

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="appeals", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rule = models.CharField("项目", max_length=32)
    reason = models.TextField("申诉理由", max_length=500)
    answer = models.TextField("复核意见", max_length=500, blank=True)
    state = FSMField(default=State.FILED, choices=State, protected=True, max_length=8)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "unit", "rule"], name="appeal_once"),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "upheld", "refused"]), name="appeal_state"
            ),
        ]

    @transition(
        state, source="filed", target="upheld", permission=office_decides, custom={"says": "复核后予以更正"}
    )
    def uphold(self, *, answer: str) -> dict[str, Any]:
        return {"answer": answer}

    @transition(
        state, source="filed", target="refused", permission=office_decides, custom={"says": "复核后维持原分"}
    )
    def refuse(self, *, answer: str) -> dict[str, Any]:
        return {"answer": answer}
