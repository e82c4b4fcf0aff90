"""A process of viewflow as services see it: whom it waits for, and one step on from where it waits.

`processes` is a query that finds the one process, or none.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from viewflow.fsm import TransitionNotAllowed
from viewflow.workflow import STATUS
from viewflow.workflow.models import Task

from foundation.organization.actors import Actor

from .acting import acting
from .models import Approval, Signer
from .nodes import LABEL


def pending_of(processes: QuerySet) -> Approval | None:
    """The approval that it waits for."""
    tasks = Task.objects.filter(process__in=processes)
    return Approval.objects.filter(subject=LABEL, subject_id__in=tasks.values("pk"), state="pending").first()


def waits_for(processes: QuerySet) -> str:
    """Whose decision it waits for: 谢长青."""
    tasks = Task.objects.filter(process__in=processes)
    asked = Signer.objects.filter(
        state="open", approval__state="pending", approval__subject=LABEL, approval__subject_id__in=tasks.values("pk")
    )  # fmt: skip
    names = asked.values_list("appointment__person__name", flat=True)
    return "、".join(dict.fromkeys(name for name in names if name))


def asks(approval: Approval, actor: Actor) -> bool:
    """Whether its decision waits for this post; a proxy finds it in the inbox."""
    return Signer.objects.filter(approval=approval, state="open", appointment=actor.post).exists()


def leave(node: Any, processes: QuerySet, actor: Actor, at: dt.datetime, **arguments: Any) -> bool:
    """Go on from `node`; False where it does not wait there: somebody was first."""
    waiting = Task.objects.filter(flow_task=node, process__in=processes, status=STATUS.NEW).first()
    if waiting is None:
        return False
    try:
        with acting(actor, at):
            node.run(waiting, **arguments)
    except TransitionNotAllowed:
        return False
    return True
