"""范本: what a new draft begins with. A change is a new version, and a draft names the one it began with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from foundation.journal.models import Journaled
from foundation.organization.models import Unit

from .document import Document


class Pattern(Journaled):
    verbs = {"create": "保存范本"}

    class State(models.TextChoices):
        IN_USE = "in_use", "在用"
        REPLACED = "replaced", "已有新版"
        STOPPED = "stopped", "已停用"

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="发文机关")
    name = models.CharField("名称", max_length=60)
    version = models.PositiveIntegerField("版本", default=1)
    former = models.OneToOneField("self", models.PROTECT, null=True, related_name="next")
    kind = models.CharField("文种", max_length=16, choices=Document.OFFICIAL)
    code = models.CharField("代字", max_length=20, blank=True)
    text = models.TextField("起头的正文", blank=True)
    to = models.JSONField("主送", default=list, blank=True)
    cc = models.JSONField("抄送", default=list, blank=True)
    state = FSMField(default=State.IN_USE, choices=State, protected=True, max_length=16)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["kind", "name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "name"], condition=Q(state="in_use"), name="pattern_name_once"),
            models.CheckConstraint(
                condition=Q(state__in=["in_use", "replaced", "stopped"]), name="pattern_state"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} 第{self.version}版"

    @transition(state, source="in_use", target="replaced", custom={"says": "改出新版"})
    def replace(self):
        return {}

    @transition(state, source="in_use", target="stopped", custom={"says": "停用范本"})
    def stop(self):
        return {}
