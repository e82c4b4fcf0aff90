"""The node where a flow waits for an approval: parked in SCHEDULED, left by Approved, Returned or Rejected.

Traps of viewflow 2.4 that this file mends: a node parked in STARTED is completed by the engine at once;
cancel() leaves a boundary timer armed and revive() arms none, so End would never close the process.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from viewflow import this
from viewflow.workflow import STATUS, Activation, Node
from viewflow.workflow.activation import leading_tasks_canceled
from viewflow.workflow.base import Edge
from viewflow.workflow.models import Task
from viewflow.workflow.signals import task_started

from foundation.organization.actors import Actor

from . import services
from .subjects import Matter, Settled, Subject, register
from .terms import Result

LABEL = "viewflow.task"
SHAPE = {
    "width": 150,
    "height": 100,
    "text-align": "middle",
    "svg": '<rect class="task" width="150" height="100" rx="5" ry="5"/>',
}


@dataclass(frozen=True)
class Act:
    """Who moves the flow, and when: nodes have no arguments of their own."""

    actor: Actor
    at: dt.datetime
    opinion: str = ""


_act: ContextVar[Act] = ContextVar("act")


@contextmanager
def acting(actor: Actor, at: dt.datetime, opinion: str = "") -> Iterator[None]:
    """Everything a flow does inside happens on behalf of this act."""
    token = _act.set(Act(actor, at, opinion))
    try:
        yield
    finally:
        _act.reset(token)


def current_act() -> Act:
    return _act.get()


@dataclass(frozen=True)
class Opening:
    """What `approvals.services.start` needs, as the flow knows it."""

    route: str
    title: str
    brief: str
    unit: int
    digest: str
    due_on: dt.date | None = None
    authors: tuple[int, ...] = ()


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
        self._disarm()
        task = super().revive.original()
        if task.status == STATUS.SCHEDULED:
            for boundary in self.flow_task._boundary_events:
                boundary._arm(type(self)(task))
        return task

    def _void(self) -> None:
        act = current_act()
        services.void(subject=LABEL, subject_id=self.task.pk, actor=act.actor, at=act.at, reason=act.opinion)

    def _disarm(self) -> None:
        for boundary in self.flow_task._boundary_events:
            boundary._on_host_finished(task=self.task)


class ApprovalNode(Node):
    """`opening(activation) -> Opening` says what is asked; `matter(activation) -> Matter` shows it."""

    activation_class = ApprovalActivation
    task_type = "APPROVAL"  # not HUMAN: viewflow's queue would offer it to everybody
    bpmn_element = "userTask"
    shape = SHAPE

    def __init__(self, opening: Any, matter: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.opening, self.matter = opening, matter
        self._ways: dict[str, Any] = {}

    def Approved(self, node: Any) -> ApprovalNode:
        return self._way(Result.APPROVED, node)

    def Returned(self, node: Any) -> ApprovalNode:
        """Returned to the initiator, or withdrawn by them."""
        return self._way(Result.RETURNED, node)

    def Rejected(self, node: Any) -> ApprovalNode:
        return self._way(Result.REJECTED, node)

    def way_out(self, result: str) -> Any:
        """A withdrawal leaves like a return; where no way is drawn for a no, it is a return too."""
        return self._ways.get(result) or self._ways[Result.RETURNED]

    def _way(self, result: Result, node: Any) -> ApprovalNode:
        self._ways[result.value] = node
        return self

    def _resolve(self, instance: Any) -> None:
        self.opening = this.resolve(instance, self.opening)
        self.matter = this.resolve(instance, self.matter)
        self._ways = {result: this.resolve(instance, node) for result, node in self._ways.items()}

    def _outgoing(self) -> Iterator[Edge]:
        names = {"approved": "同意", "returned": "退回", "rejected": "不同意"}
        for result, node in self._ways.items():
            kind = "cond_true" if result == Result.APPROVED else "cond_false"
            yield Edge(src=self, dst=node, edge_class=kind, label=names[result])


@contextmanager
def lock_process(task: int) -> Iterator[None]:
    """Hold the process before its approval is touched; the other order deadlocks against cancel."""
    row = Task.objects.get(pk=task)
    with row.flow_task.flow_class.lock(row.process_id):
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


def register_subject() -> None:
    register(LABEL, Subject(settle=settle, matter=_matter, digest=_digest, lock=lock_process))
