"""规则包 that an administrator loaded."""

from __future__ import annotations

from django.db import models

from foundation.organization.models import Appointment


class RulePack(models.Model):
    """One loaded version of a rule pack. Never changed, never deleted: cases keep the version they began under."""

    code = models.SlugField("代码", max_length=32)
    version = models.PositiveIntegerField("版本")
    effective_from = models.DateField("施行日期")
    text = models.TextField("内容")  # YAML by docs/schemas/rule_pack.json, as it was loaded
    loaded_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    at = models.DateTimeField("装入时间")

    class Meta:
        ordering = ["code", "version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="rule_pack_version")]

    def __str__(self) -> str:
        return f"{self.code} 第 {self.version} 版"
