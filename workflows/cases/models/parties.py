"""当事人, 违法行为, 行政处罚决定 of a case. Money is whole yuan."""

from __future__ import annotations

from django.db import models

from ..identifiers import masked
from ..penalties.articles import article_said
from ..rule_words import ROLES, STAGES
from .kept import Kept


class Party(Kept):
    """An entity, or a natural person of one. The number of a person is personal data: lists and pages show it masked."""

    class Kind(models.TextChoices):
        ENTITY = "entity", "单位"
        PERSON = "person", "个人"

    kind = models.CharField("类别", max_length=6, choices=Kind)
    name = models.CharField("名称或姓名", max_length=60)
    code = models.CharField("统一社会信用代码或身份证号", max_length=18, blank=True)
    of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="所在单位")
    role = models.CharField("身份", max_length=16, choices=list(ROLES.items()), blank=True)
    income = models.PositiveBigIntegerField("上一年年收入", null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def masked(self) -> str:
        return masked(self.code)


class Act(Kept):
    """One 违法行为. Its article and stage may suggest a crime before anything is fined."""

    text = models.CharField("违法行为", max_length=300)
    article = models.CharField("适用条文", max_length=20, blank=True)
    stage = models.CharField("情形", max_length=8, choices=list(STAGES.items()), blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def cited(self) -> str:
        return article_said(self.article)


class Decision(Kept):
    """行政处罚决定 on one party for one act."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name="当事人")
    act = models.ForeignKey(Act, models.PROTECT, related_name="+", verbose_name="违法行为")
    number = models.CharField("决定书文号", max_length=60)
    date = models.DateField("决定日期")
    article = models.CharField("处罚条文", max_length=20)
    stage = models.CharField("情形", max_length=8, choices=list(STAGES.items()), blank=True)
    amount = models.PositiveBigIntegerField("罚款", default=0)
    other = models.CharField("其他处罚", max_length=100, blank=True)
    gains = models.PositiveBigIntegerField("违法所得", default=0)
    apart = models.CharField(max_length=200, blank=True)  # why it is no second fine for the same act
    overruled = models.CharField(max_length=200, blank=True)  # why it may leave the range of its article
    published_on = models.DateField("公开日期", null=True)
    annulled_on = models.DateField("撤销、变更日期", null=True)
    annulled_why = models.CharField("撤销、变更原因", max_length=200, blank=True)

    class Meta:
        ordering = ["date", "pk"]
        indexes = [models.Index(fields=["number"], name="decision_number")]

    def __str__(self) -> str:
        return self.number

    @property
    def cited(self) -> str:
        return article_said(self.article)
