"""The node where a flow waits for an approval: parked in SCHEDULED, left by Approved, Returned, Withdrawn or Rejected.

What viewflow 2.4 does otherwise, and the test of each mend: docs/invariants/flows.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from viewflow import this
from viewflow.workflow import STATUS, Activation, Node
from viewflow.workflow.activation import leading_tasks_canceled
from viewflow.workflow.base import Edge
from viewflow.workflow.models import Task
from viewflow.workflow.signals import task_started
from viewflow.workflow.status import PROCESS

from foundation.organization.actors import Actor

from . import services
from .acting import acting, current_act
from .engine.routes import Fact
from .engine.terms import Result
from .subjects import Matter, Settled, Subject, register
from .timers import DueActivation

LABEL = "viewflow.task"
FACTS: dict[
    str, type
] = {}  # what the matters of flows declare for the conditions of routes; their rooms add theirs
SHAPE = {
    "width": 150,
    "height": 100,
    "text-align": "middle",
    "svg": '<rect class="task" width="150" height="100" rx="5" ry="5"/>',
}


@dataclass(frozen=True)
class Opening:
    """What `approvals.services.start` needs, as the flow knows it."""

    route: str
    title: str
    brief: str
    unit: int
    digest: str
    due_on: dt.date | None = None
    authors: tuple[int, ...] = ()  # people who never sign, beside whoever sends it
    facts: Mapping[str, Fact] = field(default_factory=dict)  # for the conditions of the route's steps


class ApprovalActivation(Activation):
    """NEW → SCHEDULED (parked) → STARTED → DONE."""

    result: str

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.SCHEDULED)
    def activate(self):
        self.task.save()
        act, opening = current_act(), self.flow_task.opening(self)
        services.start(subject=LABEL, subject_id=self.task.pk, actor=act.actor, at=act.at, **vars(opening))

    @Activation.status.transition(source=STATUS.SCHEDULED, target=STATUS.STARTED)
    def start(self, result):
        self.result, self.task.started = result, timezone.now()
        self.task.save()
        task_started.send(sender=self.flow_class, process=self.process, task=self.task)

    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.DONE)
    def complete(self):
        super().complete.original()

    @Activation.status.transition(source=STATUS.STARTED)
    def execute(self):
        self.complete()
        self.activate_next()

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self):
        yield self.flow_task.way_out(self.result)._create(self, self.task.token)

    @Activation.status.transition(source=[STATUS.NEW, STATUS.SCHEDULED, STATUS.ERROR], target=STATUS.CANCELED)
    def cancel(self):
        self._void()
        self.task.finished = timezone.now()
        self.task.save()
        self._disarm()

    @Activation.status.transition(
        source=STATUS.DONE, target=STATUS.CANCELED, conditions=[leading_tasks_canceled]
    )
    def undo(self):
        self._void()
        self.task.finished = timezone.now()
        self.task.save()

    @Activation.status.super()
    def revive(self):
        """Ask again, with a new approval and a new clock; a process that was called off goes on."""
        self._reopen()
        task = super().revive.original()
        for boundary in self.flow_task._boundary_events:
            boundary._arm(type(self)(task))
        return task

    def _reopen(self) -> None:
        if self.process.status == PROCESS.CANCELED:
            self.process.status, self.process.finished = PROCESS.NEW, None
            self.process.save()

    def _void(self) -> None:
        act = current_act()
        services.void(subject=LABEL, subject_id=self.task.pk, actor=act.actor, at=act.at, reason=act.opinion)

    def _disarm(self) -> None:
        for boundary in self.flow_task._boundary_events:
            boundary._on_host_finished(task=self.task)


class ApprovalNode(Node):
    """`opening(activation) -> Opening` says what is asked; `matter(activation) -> Matter` shows it; `looked(activation,
    actor, at)` is told who reads it."""

    activation_class = ApprovalActivation
    task_type = "APPROVAL"  # not HUMAN: viewflow's queue would offer it to everybody
    bpmn_element = "userTask"
    shape = SHAPE

    def __init__(self, opening: Any, matter: Any, looked: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.opening, self.matter, self.looked = opening, matter, looked
        self._ways: dict[str, Any] = {}

    def Approved(self, node: Any) -> ApprovalNode:
        return self._way(Result.APPROVED, node)

    def Returned(self, node: Any) -> ApprovalNode:
        """Returned to the initiator; withdrawn by them too, where no way of its own is drawn for that."""
        return self._way(Result.RETURNED, node)

    def Withdrawn(self, node: Any) -> ApprovalNode:
        return self._way(Result.WITHDRAWN, node)

    def Rejected(self, node: Any) -> ApprovalNode:
        return self._way(Result.REJECTED, node)

    def OnTimeout(self, *args: Any, **kwargs: Any) -> ApprovalNode:
        """What happens when nobody has decided in time; the steps' own time limits belong to the route."""
        super().OnTimeout(*args, **kwargs)
        _, boundary = self._boundary_specs[-1]
        boundary.activation_class = DueActivation
        return self

    def way_out(self, result: str) -> Any:
        """Where no way is drawn for a withdrawal or a no, it leaves like a return."""
        return self._ways.get(result) or self._ways[Result.RETURNED]

    def _way(self, result: Result, node: Any) -> ApprovalNode:
        self._ways[result.value] = node
        return self

    def _resolve(self, instance: Any) -> None:
        self.opening = this.resolve(instance, self.opening)
        self.matter = this.resolve(instance, self.matter)
        self.looked = this.resolve(instance, self.looked) if self.looked else None
        self._ways = {result: this.resolve(instance, node) for result, node in self._ways.items()}

    def _outgoing(self) -> Iterator[Edge]:
        names = {"approved": "同意", "returned": "退回", "withdrawn": "撤回", "rejected": "不同意"}
        for result, node in self._ways.items():
            kind = "cond_true" if result == Result.APPROVED else "cond_false"
            yield Edge(src=self, dst=node, edge_class=kind, label=names[result])


@contextmanager
def lock_processes(tasks: list[int]) -> Iterator[None]:
    """Hold the processes, by id, before their approvals are touched; the other order deadlocks against cancel."""
    rows = Task.objects.filter(pk__in=tasks).order_by("process_id")
    flows = {row.process_id: row.flow_task.flow_class for row in rows}
    with ExitStack() as locks:
        for process, flow in flows.items():
            locks.enter_context(flow.lock(process))
        yield


def settle(ended: list[Settled]) -> None:
    """Each process goes on by the way its approval ended."""
    for one in ended:
        task = Task.objects.get(pk=one.subject_id)
        with acting(one.actor, one.at, one.opinion):
            activation = task.flow_task.activation_class(task)
            activation.start(one.result)
            activation.execute()


def _ask(method: str) -> Callable[[int], Any]:
    def asked(pk: int) -> Any:
        task = Task.objects.get(pk=pk)
        return getattr(task.flow_task, method)(task.flow_task.activation_class(task))

    return asked


def _matter(pk: int, digest: str, seen: str) -> Matter:
    return _ask("matter")(pk)


def _digest(pk: int) -> str:
    return _ask("opening")(pk).digest


def _looked(pk: int, actor: Actor, at: dt.datetime) -> None:
    task = Task.objects.get(pk=pk)
    if task.flow_task.looked:
        task.flow_task.looked(task.flow_task.activation_class(task), actor, at)


def register_subject() -> None:
    register(LABEL, Subject(settle, _matter, _digest, lock_processes, facts=FACTS, looked=_looked))
