"""批量印发: a text that goes to many units, a copy each."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from foundation.jobs.models import Job
from foundation.journal.models import Journaled
from foundation.organization.models import Appointment, Unit

from .document import Document


class Batch(Journaled):
    """Who gets copies of what. `rows` is each unit's own table: unit id → rows of `columns`."""

    verbs = {"create": "拟批量印发"}

    class State(models.TextChoices):
        PREPARED = "prepared", "待开始"  # the first copy can be looked at; nothing is issued
        MAKING = "making", "印发中"  # its job may wait, run, have failed or be cancelled
        DONE = "done", "已办完"  # every copy is issued, or says why not
        GIVEN_UP = "given_up", "已放弃"  # what was issued until then stays, the rest never is

    class Numbering(models.TextChoices):
        SHARED = "shared", "各份共用原文号"
        OWN = "own", "每份单独编号"

    source = models.ForeignKey(Document, models.PROTECT, related_name="batches", verbose_name="原文")
    numbering = models.CharField("编号", max_length=6, choices=Numbering, default=Numbering.SHARED)
    annex = models.CharField("附表名称", max_length=60, blank=True)
    columns = models.JSONField(default=list, blank=True)
    rows = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name="经办人")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")  # the last one
    state = FSMField("状态", default=State.PREPARED, choices=State, protected=True, max_length=16)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "making", "done", "given_up"]), name="batch_state"
            )
        ]

    def __str__(self) -> str:
        return self.source.title

    @property
    def stands_still(self) -> bool:
        """Nobody works at it, and it is not done."""
        busy = self.job is not None and self.job.ended is None
        return self.state == self.State.PREPARED or (self.state == self.State.MAKING and not busy)

    @transition(state, source="prepared", target="making", custom={"says": "开始批量印发"})
    def begin(self) -> dict[str, Any]:
        return {}

    @transition(state, source="making", target="done", custom={"says": "批量印发办完"})
    def finish(self) -> dict[str, Any]:
        return {}

    @transition(state, source="done", target="making", custom={"says": "未成的重新办理"})
    def go_again(self) -> dict[str, Any]:
        return {}

    @transition(state, source=["prepared", "making"], target="given_up", custom={"says": "放弃批量印发"})
    def give_up(self) -> dict[str, Any]:
        return {}


class BatchItem(Journaled):
    """One unit's copy."""

    verbs = {"create": "列入批量印发"}

    class State(models.TextChoices):
        WAITING = "waiting", "待印发"
        MADE = "made", "已印发"
        FAILED = "failed", "未印成"  # `problem` says why
        DROPPED = "dropped", "不再印发"  # its batch was given up

    batch = models.ForeignKey(Batch, models.PROTECT, db_index=False, related_name="items")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    order = models.PositiveIntegerField(default=0)  # of its unit
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="batch_item")
    problem = models.CharField("原因", max_length=300, blank=True)
    state = FSMField("状态", default=State.WAITING, choices=State, protected=True, max_length=16)

    class Meta:
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["batch", "order", "id"], name="batch_item_order")]
        constraints = [
            models.UniqueConstraint(fields=["batch", "unit"], name="batch_unit_once"),
            models.CheckConstraint(
                condition=Q(state="made", document__isnull=False)
                | Q(state__in=["waiting", "failed", "dropped"], document=None),
                name="batch_item_state",
            ),
        ]

    def __str__(self) -> str:
        return self.unit.short_name

    @transition(state, source="waiting", target="made", custom={"says": "印发一份"})
    def make(self, *, document: int) -> dict[str, Any]:
        return {"document": document}

    @transition(state, source="waiting", target="failed", custom={"says": "一份未印成"})
    def fail(self, *, problem: str) -> dict[str, Any]:
        return {"problem": problem}

    @transition(state, source="failed", target="waiting", custom={"says": "重新办理一份"})
    def again(self) -> dict[str, Any]:
        return {"problem": ""}

    @transition(state, source="waiting", target="dropped", custom={"says": "不再印发一份"})
    def drop(self) -> dict[str, Any]:
        return {}
