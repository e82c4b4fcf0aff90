"""案件台账 as a file: who asked for which rows of it."""

from __future__ import annotations

from django.db import models

from foundation.organization.models import Appointment


class CaseExport(models.Model):
    """The file is attached to it; which cases it holds stands in the journal of each of them."""

    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    q = models.CharField(max_length=60, blank=True)  # as listing.py takes them
    only = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"案件台账 {self.at:%Y-%m-%d %H%M}.xlsx"
