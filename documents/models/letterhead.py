"""版头: under which name and 代字 an organ's papers go out. What it says never changes: a change is a new one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from foundation.journal.models import Journaled
from foundation.organization.models import Unit

from ..issuing.heads.permissions import keeps_heads
from .document import Document


class Letterhead(Journaled):
    """`organ` handles the papers, numbers and archives them; `name` is who they are from: the 安委办 writes for the 安委会."""

    verbs = {"create": "新增版头"}

    class State(models.TextChoices):
        IN_USE = "in_use", "在用"
        STOPPED = "stopped", "已停用"  # for good; what was drafted or issued with it keeps it

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="letterheads", verbose_name="办文单位")
    name = models.CharField("发文机关名称", max_length=60)  # in the mark and as 署名
    plain = models.BooleanField("标志不加“文件”", default=False)
    code = models.CharField("代字", max_length=20)
    kinds = models.JSONField("文种", default=list, blank=True)  # codes; empty: all
    start = models.DateField("启用日期")
    stopped_on = models.DateField("停用日期", null=True)
    state = FSMField("状态", default=State.IN_USE, choices=State, protected=True, max_length=16)

    class Meta:
        ordering = ["-state", "organ__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "name", "code", "plain"], condition=Q(state="in_use"), name="letterhead_once"
            ),
            models.CheckConstraint(
                condition=Q(state="in_use", stopped_on=None)
                | Q(state="stopped", stopped_on__isnull=False),
                name="letterhead_state",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name}{'' if self.plain else '文件'}　{self.code}"

    @property
    def kind_names(self) -> str:
        names = dict(Document.OFFICIAL)
        return "、".join(names[one] for one in self.kinds)

    @property
    def said(self) -> dict[str, Any]:
        """What a content says of it (papers.py)."""
        return {"head": {"name": self.name, "plain": self.plain}}

    def fits(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds

    @transition(state, source="in_use", target="stopped", permission=keeps_heads, custom={"says": "停用版头"})
    def stop(self, *, stopped_on: dt.date) -> dict[str, Any]:
        return {"stopped_on": stopped_on}
