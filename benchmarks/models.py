"""Tables of the peers only: a row moved by a plain django-fsm loop, and a stock viewflow process."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition
from viewflow.workflow.models import Process

from foundation.journal.models import Journaled
from foundation.organization.models import Appointment, Unit
from workflows.plans.models import Item, Period, Plan

PERSON = settings.AUTH_USER_MODEL


class LoopTask(Journaled):
    """What tasks.Task holds, with transitions that change the object and leave the rest to their caller."""

    verbs = {"create": "下达"}

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=6, default="lead")
    state = FSMField(default="issued", protected=True, max_length=16)
    due_on = models.DateField(null=True)
    handler = models.ForeignKey(Appointment, models.PROTECT, null=True, db_index=False, related_name="+")
    version = models.PositiveSmallIntegerField(default=0)
    first_submitted_at = models.DateTimeField(null=True)
    changed = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "period", "unit"], name="loop_task_once")]
        indexes = [models.Index(fields=["plan", "unit", "state"], name="loop_task_board")]

    @transition(state, source="issued", target="received", custom={"says": "签收"})
    def receive(self) -> None:
        """The unit takes it."""

    @transition(state, source=["received", "returned"], target="unit_review", custom={"says": "提交"})
    def submit(self, version: int) -> None:
        self.version = version

    @transition(state, source="unit_review", target="office_review", custom={"says": "单位同意"})
    def head_agrees(self) -> None:
        """The unit's head approves."""

    @transition(state, source="office_review", target="accepted", custom={"says": "通过"})
    def office_accepts(self) -> None:
        """The office approves."""

    @transition(state, source="accepted", target="archived", custom={"says": "归档"})
    def archive(self) -> None:
        """The office archives."""


class TaskProcess(Process):
    """One process for one task, as viewflow's own examples do it."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    liaison = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    head = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    clerk = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=0)
    archived = models.BooleanField(default=False)
