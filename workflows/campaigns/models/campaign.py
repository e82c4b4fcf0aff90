"""The campaign's process and its dispatches."""

from __future__ import annotations

from django.db import models
from viewflow.workflow.models import Process

from documents.models import Document
from foundation.organization.models import Appointment
from workflows.plans.models import Plan


class CampaignProcess(Process):
    """The viewflow process that takes a plan from draft to archive."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="process")


class Dispatch(models.Model):
    """One run of dispatch: a second one creates only what is missing (a unit that came later)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="dispatches")
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    created = models.PositiveIntegerField("下达任务数", default=0)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
