"""The cycle through the product: transitions only, and with the approval engine deciding.

Head and office decide tasks through approvals, so those two transitions carry no rule of their own; the first
variant declares them once more with one, so that it too checks every actor.
"""

from __future__ import annotations

from django.db import transaction as tx
from django.db.models import F, QuerySet
from django_fsm import transition as declare

from approvals import services as approvals
from approvals.subjects import Matter, Settled, Subject, register
from foundation.journal import verbs
from foundation.journal.moves import create, transition
from foundation.journal.prepared import ACTOR, TODAY, Param
from foundation.journal.prepared import AT as NOW
from foundation.organization.posts import Post
from foundation.organization.rules import Rule, holds
from workflows.plans.models import Period, office_works
from workflows.tasks.models import Task

from .world import AT, ROUTE, World

LABEL, ACCEPTED = "bench.task", "bench.accepted"  # the second one's task waits for an archivist
DIGEST = "d" * 64
STATE = Task._meta.get_field("state")
unit_decides = Rule("只有本单位的主要负责人可以办理。", holds(Post.HEAD, unit="unit"))
FORM = {
    "item": F("item"), "period": F("pk"), "due_on": F("due_on"), "role": "lead", "state": "issued", "changed": AT
}  # fmt: skip


@declare(STATE, source="unit_review", target="office_review", permission=unit_decides)
def head_agrees(self):
    return {"changed": NOW}


@declare(STATE, source="office_review", target="accepted", permission=office_works)
def office_accepts(self):
    return {"changed": NOW}


@declare(STATE, source=["unit_review", "office_review"], target="accepted")
def approval_accepts(self):
    """One approval asks both, head and office: it has checked who may."""
    return {"changed": NOW}


def prepare() -> None:
    """What an app would do in AppConfig.ready."""
    for move in (head_agrees, office_accepts, approval_accepts):
        verbs.register({f"tasks.task.{move.__name__}": move.__name__})
    for label, settle in ((LABEL, _accept_and_archive), (ACCEPTED, _accept)):
        register(
            label,
            Subject(
                settle=settle, matter=lambda pk, digest, seen: Matter("", {}, ""), digest=lambda pk: DIGEST
            ),
        )


def _accept(ended: list[Settled]) -> None:
    pks, one = [settled.subject_id for settled in ended], ended[0]
    transition(approval_accepts, pks, actor=one.actor, at=one.at).all_or_refuse()


def _accept_and_archive(ended: list[Settled]) -> None:
    _accept(ended)
    pks, one = [settled.subject_id for settled in ended], ended[0]
    transition(Task.archive, pks, actor=one.actor, at=one.at).all_or_refuse()


def _asked_by_office() -> QuerySet:
    return Period.objects.filter(office_works.q(ACTOR, TODAY), pk=Param("period_id"))


class Moves:
    """Transitions only."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.liaison, self.head, self.clerk = (world.actor(who) for who in ("liaison", "head", "clerk"))

    def cycle(self, period: int) -> None:
        task = self.begin(period)
        transition(Task.submit, task, actor=self.liaison, at=AT, data={"version": 1}).all_or_refuse()
        transition(head_agrees, task, actor=self.head, at=AT).all_or_refuse()
        with tx.atomic():
            transition(office_accepts, task, actor=self.clerk, at=AT).all_or_refuse()
            transition(Task.archive, task, actor=self.clerk, at=AT).all_or_refuse()

    def begin(self, period: int) -> int:
        values = FORM | {"plan": self.world.plan, "unit": self.world.unit.pk}
        (task,) = create(Task, values, source=_asked_by_office, actor=self.clerk, at=AT, period_id=period)
        transition(Task.receive, task, actor=self.liaison, at=AT).all_or_refuse()
        return task


class Approved(Moves):
    """Head and office decide in the two steps of one approval."""

    def cycle(self, period: int) -> None:
        approval = self.submit(self.begin(period))
        approvals.decide(approval_id=approval, actor=self.head, at=AT, do="agree", opinion="同意。")
        approvals.decide(approval_id=approval, actor=self.clerk, at=AT, do="agree", opinion="同意。")

    @tx.atomic
    def submit(self, task: int) -> int:
        transition(Task.submit, task, actor=self.liaison, at=AT, data={"version": 1}).all_or_refuse()
        return self.start(task)

    def start(self, task: int, subject: str = LABEL) -> int:
        return approvals.start(
            route=ROUTE, subject=subject, subject_id=task, title="培训", brief="", unit=self.world.unit.pk,
            digest=DIGEST, actor=self.liaison, at=AT,
        )  # fmt: skip
