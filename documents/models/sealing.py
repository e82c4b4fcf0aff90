"""Seals: whose they are, who may use them, and every use; the mark by which an issued paper is found again."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from foundation.files.models import StoredFile
from foundation.journal.models import Journaled
from foundation.organization.models import FAR, Appointment, Unit

from .document import Document


class Seal(Journaled):
    """印章 of one organ. Its picture is never changed: a new carving is a new seal."""

    verbs = {"create": "新增印章", "allow": "设置用印人", "use": "用印"}

    class State(models.TextChoices):
        IN_USE = "in_use", "在用"
        STOPPED = "stopped", "已停用"  # for good; what was sealed with it stays

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="seals", verbose_name="用印机关")
    name = models.CharField("名称", max_length=60)
    picture = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    start = models.DateField("启用日期")
    end = models.DateField("有效期至", default=FAR)
    state = FSMField(default=State.IN_USE, choices=State, protected=True, max_length=16)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["organ__order", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "name"], condition=Q(state="in_use"), name="seal_name_once"
            ),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="seal_dates"),
            models.CheckConstraint(condition=Q(state__in=["in_use", "stopped"]), name="seal_state"),
        ]

    def __str__(self) -> str:
        return self.name

    def valid(self, day: dt.date) -> bool:
        return self.state == self.State.IN_USE and self.start <= day <= self.end

    @transition(state, source="in_use", target="stopped", custom={"says": "停用印章"})
    def stop(self):
        return {}


class SealUser(models.Model):
    """Who may use a seal: whoever holds a post of its organ, or one appointment, of whatever unit."""

    seal = models.ForeignKey(Seal, models.CASCADE, related_name="users")
    post = models.CharField("岗位", max_length=16, blank=True)  # a Post
    seat = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", verbose_name="任职")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post="", seat__isnull=False) | (~Q(post="") & Q(seat=None)), name="seal_user_one"
            ),
        ]


class SealUse(models.Model):
    """A line of the 用印登记簿. The journal of the seal says the same, and holds it; the copies of a batch are counted
    there alone (batches/services.py)."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="uses", verbose_name="印章")
    document = models.ForeignKey(Document, models.PROTECT, related_name="seal_uses", verbose_name="公文")
    by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", verbose_name="用印人")
    reason = models.CharField("用途", max_length=100)
    at = models.DateTimeField("用印时间")

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["document", "seal"], name="seal_use_once")]


class SealPlace(models.Model):
    """Where an organ of a joint paper puts its seal: open until somebody sealed, or left it free for a seal of rubber."""

    draft = models.ForeignKey("documents.Draft", models.PROTECT, related_name="places", verbose_name="文稿")
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="用印机关")
    seal = models.ForeignKey(Seal, models.PROTECT, null=True, related_name="+", verbose_name="印章")
    by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", verbose_name="用印人")
    at = models.DateTimeField("用印时间", null=True)  # since then it is settled

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "organ"], name="seal_place_once"),
            models.CheckConstraint(
                condition=Q(at__isnull=False) | Q(at=None, seal=None, by=None), name="seal_place_settled"
            ),
        ]


class Mark(models.Model):
    """核验码 of a paper, printed on it. Found by its digest: how long a search takes says nothing about a code."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="mark")
    digest = models.CharField(max_length=64, unique=True)
