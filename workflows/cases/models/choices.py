"""Which of two laws that disagree counts."""

from __future__ import annotations

from django.db import models

from foundation.organization.models import Appointment


class BasisChoice(models.Model):
    """One decision about one rule; the last one counts. Never changed, never deleted."""

    rule = models.CharField("时限", max_length=16)  # of a rule pack
    law = models.TextField("依据", blank=True)  # of a rule pack; empty: all of them
    chosen_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    at = models.DateTimeField("选定时间")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.rule} {self.law}".strip()
