"""Boundary timers of approval nodes (`.OnTimeout`): by our own clock, and fired by a job.

viewflow's own timer stores what goes wrong on its path with the locals of the frame, among them names and opinions,
and leaves the process where it broke. Here it is rolled back, logged, and tried again in the next round.
"""

from __future__ import annotations

import datetime as dt
import logging

from viewflow.workflow import STATUS, Activation
from viewflow.workflow.models import Task
from viewflow.workflow.nodes.boundary import TimerBoundaryActivation

from foundation.organization.actors import SYSTEM

from .acting import acting, current_act

log = logging.getLogger(__name__)


class DueActivation(TimerBoundaryActivation):
    """NEW → SCHEDULED (armed) → STARTED → DONE; CANCELED where the node was left in time."""

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.SCHEDULED)
    def activate(self):
        delay = self.flow_task._delay
        due = delay(self) if callable(delay) else delay
        self.task.scheduled = due if isinstance(due, dt.datetime) else current_act().at + due
        self.task.save()

    @Activation.status.transition(source=STATUS.STARTED)
    def execute(self):
        if self.flow_task._interrupting:
            self.cancel_host_tasks()
        self.complete()
        self.activate_next()


def fire(at: dt.datetime) -> int:
    """Every timer that is due, each in a transaction of its own under the lock of its process; how many."""
    due = Task.objects.filter(flow_task_type="TIMER", status=STATUS.SCHEDULED, scheduled__lte=at)
    return sum(_fire(task, at) for task in due.order_by("scheduled", "pk"))


def _fire(task: Task, at: dt.datetime) -> bool:
    try:
        with acting(SYSTEM, at, "超过期限"), task.activation() as activation:
            if not activation.start.can_proceed():  # left since, or fired by another worker
                return False
            activation.start()
            activation.execute()
    except Exception:  # one that can't go on holds up no other
        log.exception("timer %s of process %s", task.pk, task.process_id)
        return False
    return True
