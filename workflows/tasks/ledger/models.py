"""What people keep of the ledger: the columns they chose, the files they asked for."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from approvals.saved_filters import LONG
from foundation.organization.models import Appointment, Person


class LedgerColumns(models.Model):
    """A person's own; who has none sees the usual ones."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    columns = models.JSONField(default=list)  # codes of columns.py


class TaskExport(models.Model):
    """The ledger as a file, as it was asked for; the file is attached to it."""

    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    query = models.CharField("条件", max_length=LONG, blank=True)  # as the address has it
    columns = models.JSONField(default=list)
    at = models.DateTimeField()  # lights and 停留 are those of this moment

    def __str__(self) -> str:
        return f"任务台账 {timezone.localtime(self.at):%Y-%m-%d %H%M}.xlsx"
