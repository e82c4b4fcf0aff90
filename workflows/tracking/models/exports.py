"""统计汇总 and 分析 as files: who asked for which of it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from foundation.organization.models import Appointment
from workflows.plans.models import Plan


class FigureExport(models.Model):
    """The file is attached to it. Its values are those of the page's address (statistics/asked.py)."""

    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    period = models.CharField(max_length=10)
    cutoff = models.DateField()
    range = models.CharField(max_length=20)
    only = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"统计汇总 截至{self.cutoff:%Y-%m-%d}.xlsx"


class AnalysisExport(models.Model):
    """The tables of 分析 or 同比 as a file: who asked for them, of which campaign and units, and when: it tells of that moment."""

    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    range = models.CharField(max_length=40, blank=True)
    # 同比: the earlier campaign, and whether up to the same day of it or up to now (analysis/years.py)
    other = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="+")
    span = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{'同比' if self.other_id else '分析'} 截至{timezone.localdate(self.at):%Y-%m-%d}.xlsx"
