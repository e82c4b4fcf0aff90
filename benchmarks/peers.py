"""The same cycle as a plain django-fsm loop, and as a stock viewflow process."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction as tx
from django_fsm.signals import pre_transition
from viewflow.workflow import STATUS

from foundation.journal.chain import seal
from foundation.journal.models import Entry, content
from foundation.organization.models import Appointment, in_force

from .flows import TaskFlow
from .models import LoopTask
from .world import AT, DUE, World

TARGET = "benchmarks.looptask"


def prepare() -> None:
    """The product forbids calling a transition; a django-fsm loop does nothing else."""
    pre_transition.disconnect(dispatch_uid="journal")


class Loop:
    """django-fsm as its readme has it: select_for_update, call, save, and an entry row in the chain."""

    def __init__(self, world: World) -> None:
        self.world = world

    def cycle(self, period: int) -> None:
        world = self.world
        task = self.create(period)
        self.step(task, world.liaison, "receive")
        self.step(task, world.liaison, "submit", version=1)
        self.step(task, world.head, "head_agrees")
        with tx.atomic():
            self.step(task, world.clerk, "office_accepts")
            self.step(task, world.clerk, "archive")

    @tx.atomic
    def create(self, period: int) -> int:
        world = self.world
        self._check(world.clerk)
        row = LoopTask.objects.create(
            plan_id=world.plan, item_id=world.item, period_id=period, unit=world.unit, due_on=DUE, changed=AT
        )
        self._append(row, "", world.clerk, "create", {})
        return row.pk

    @tx.atomic(savepoint=False)
    def step(self, task: int, seat: Appointment, verb: str, **data: Any) -> None:
        row = LoopTask.objects.select_for_update().get(pk=task)
        self._check(seat)
        source = row.state
        getattr(row, verb)(**data)
        row.changed = AT
        self._append(row, source, seat, verb, data)

    def _check(self, seat: Appointment) -> None:
        if not Appointment.objects.filter(in_force(AT.date()), pk=seat.pk, post=seat.post).exists():
            raise PermissionDenied

    def _append(self, row: LoopTask, source: str, seat: Appointment, verb: str, data: dict[str, Any]) -> None:
        row.journal_seq += 1
        hashed = content(
            verb=f"{TARGET}.{verb}",
            to=row.state,
            actor=seat.person_id,
            post=seat.pk,
            behalf=None,
            data=data,
            words="",
            at=AT,
        )
        row.journal_head = seal(row.journal_head, TARGET, row.pk, row.journal_seq, source, hashed)
        row.save()
        Entry.objects.create(
            target=TARGET, target_id=row.pk, seq=row.journal_seq, verb=f"{TARGET}.{verb}", source=source, to=row.state,
            actor_id=seat.person_id, post=seat, data=data, at=AT, hash=row.journal_head,
        )  # fmt: skip


class Viewflow:
    """What viewflow's own views do with a valid form, without the pages. It hashes nothing: its rows are its trail."""

    def __init__(self, world: World) -> None:
        self.people = {who: getattr(world, who).person for who in ("liaison", "head", "clerk")}

    def cycle(self, period: int) -> None:
        process = self.start(period)
        self.reach_office(process)
        self.agree(process)

    def reach_office(self, process: int) -> None:
        self._execute(process, TaskFlow.receive, "liaison")
        self._execute(process, TaskFlow.submit, "liaison", version=1)
        self._execute(process, TaskFlow.head, "head")

    def agree(self, process: int) -> None:
        self._execute(process, TaskFlow.office, "clerk")

    def start(self, period: int) -> int:
        """As wrap_start_view and CreateProcessView.form_valid."""
        user, node = self.people["clerk"], TaskFlow.start
        activation = node.activation_class.create(node, None, None)
        if not node.can_execute(user, activation.task):
            raise PermissionDenied
        with tx.atomic():
            activation.start(SimpleNamespace(user=user))
            for name, value in {"period_id": period, **self.people}.items():
                setattr(activation.process, name, value)
            activation.process.save()
            activation.execute()
        return activation.process.pk

    def _execute(self, process: int, node: Any, who: str, **form: Any) -> None:
        """As wrap_task_view and UpdateProcessView.form_valid."""
        user, flow = self.people[who], node.flow_class
        found = flow.task_class._default_manager.filter(
            process=process, flow_task=node, status=STATUS.ASSIGNED
        )
        pk = found.values_list("pk", flat=True).get()
        with flow.lock(process), tx.atomic():
            task = flow.task_class._default_manager.get(pk=pk)
            if task.process.flow_class != flow or not node.can_execute(user, task=task):
                raise PermissionDenied
            activation = node.activation_class(task)
            activation.start(SimpleNamespace(user=user))
            for name, value in form.items():
                setattr(activation.process, name, value)
            activation.process.save()
            activation.execute()
