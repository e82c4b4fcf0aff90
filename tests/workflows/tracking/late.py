"""A task that is late, and was told so."""

from django.utils import timezone

from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from workflows.tasks.models import Task
from workflows.tracking.models import Slip


def slip_of(task: Task) -> int:
    """A blue one, as the sweep sends it."""
    at = timezone.localtime()
    values = {"task": task, "unit": task.unit, "organ": task.plan.organ, "rung": "T+1", "colour": "blue", "code": "督办",
              "due_on": at.date(), "issued_on": at.date(), "reply_by": at.date(), "year": at.year, "number": 1}  # fmt: skip
    return create(Slip, values, actor=SYSTEM, at=at)[0]
