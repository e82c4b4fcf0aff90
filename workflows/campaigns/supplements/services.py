"""What the office does with a 补充通知. Each takes the process one step on; the flow's nodes move the row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from viewflow.workflow.status import PROCESS

from approvals.acting import acting
from approvals.services import withdraw
from approvals.waiting import leave, pending_of
from foundation.journal.moves import create, record, transition
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from workflows.plans.models import Item, Plan, office_works
from workflows.plans.terms import Terms, differences, terms
from workflows.plans.versions import due_of, terms_of

from ..models import Supplement, SupplementChange, SupplementProcess
from .flows import SupplementFlow
from .force import refuse_unless_running

BY_CASES = "案例推荐的指标按方案执行，不能用补充通知调整。"


@transaction.atomic
def start_supplement(*, plan: int, reason: str, actor: Actor, at: dt.datetime) -> int:
    """A draft without changes yet; only while the campaign runs."""
    row = Plan.objects.select_for_update().get(pk=plan)
    if not office_works(row, actor, timezone.localdate(at)):
        raise Refused(office_works.says)
    refuse_unless_running(row, "起草")
    values = {"plan": row, "reason": _said(reason), "drafted_by": actor.post}
    (pk,) = create(Supplement, values, actor=actor, at=at)
    with acting(actor, at):
        SupplementFlow.start.run(supplement=pk)
    return pk


@transaction.atomic
def change_reason(*, supplement: int, reason: str, actor: Actor, at: dt.datetime) -> None:
    _tell(supplement, {"does": "reason"}, actor, at, reason=_said(reason))


@transaction.atomic
def change_item(
    *, supplement: int, item: int, text: str, deliverables: Iterable[str], due: Mapping[int, dt.date],
    actor: Actor, at: dt.datetime,
) -> bool:  # fmt: skip
    """What the item will ask for. As it is now: the item leaves the draft. False where nothing is different."""
    row = Supplement.objects.select_for_update().get(pk=supplement)
    one = _item(row.plan_id, item)
    days = [[pk, name, due[pk].isoformat() if pk in due else day] for pk, name, day in due_of(one)]
    wanted = terms(text.strip(), deliverables, days)
    _check(one, wanted, timezone.localdate(at))
    fields = [change.label for change in differences(terms_of(one), wanted)]
    there = SupplementChange.objects.filter(supplement=row, item=one)
    if not fields and not there.exists():
        return False
    _tell(supplement, {"does": "item", "item": one.pk, "fields": fields}, actor, at)
    there.delete()
    if fields:
        SupplementChange.objects.create(
            supplement=row, item=one, base=one.version, text=wanted.text,
            deliverables=list(wanted.deliverables), due=[list(day) for day in wanted.due],
        )  # fmt: skip
    return bool(fields)


@transaction.atomic
def send(*, supplement: int, actor: Actor, at: dt.datetime) -> None:
    """Refused while it changes nothing, or an item that another one under way changes, too."""
    row = Supplement.objects.get(pk=supplement)
    Plan.objects.select_for_update().get(
        pk=row.plan_id
    )  # two that want the same item come one after the other
    changes = list(row.changes.select_related("item"))
    if not changes:
        raise Refused("还没有调整任何事项，请先选择事项并写明新的要求。")
    for one in changes:
        if one.base != one.item.version:
            raise Refused(f"“{one.item}”在起草以后已被调整，请打开这一项，按现在的要求重新填写。")
        if _elsewhere(one):
            raise Refused(f"“{one.item}”还在另一份送审的补充通知里，请等它印发或作废。")
    _go_on(SupplementFlow.edit, supplement, actor, at)


def take_back(*, supplement: int, actor: Actor, at: dt.datetime) -> None:
    found = pending_of(SupplementProcess.objects.filter(supplement=supplement))
    if found is None:
        raise Refused("补充通知不在审批中，无需撤回。")
    withdraw(approval_id=found.pk, actor=actor, at=at)


def issue(*, supplement: int, actor: Actor, at: dt.datetime) -> None:
    """Number, new versions and moved tasks are one act (force.py)."""
    _go_on(SupplementFlow.issue, supplement, actor, at)


@transaction.atomic
def drop(*, supplement: int, actor: Actor, at: dt.datetime) -> None:
    """Given up before it was issued; its process ends, and what waits for a decision is void."""
    process = SupplementProcess.objects.get(supplement=supplement)
    with SupplementFlow.instance.lock(process.pk), acting(actor, at, "补充通知作废"):
        process.refresh_from_db()
        if process.status == PROCESS.NEW:
            SupplementFlow.instance.cancel(process)
        transition(Supplement.drop, supplement, actor=actor, at=at).all_or_refuse()


def _elsewhere(one: SupplementChange) -> bool:
    others = SupplementChange.objects.filter(item=one.item_id).exclude(supplement=one.supplement_id)
    return others.filter(supplement__state__in=["in_approval", "approved"]).exists()


def _item(plan: int, item: int) -> Item:
    found = Item.objects.select_related("plan").prefetch_related("periods").filter(plan=plan, pk=item).first()
    if found is None or found.disposition != Item.Disposition.DISPATCH:
        raise Refused("活动里没有下达这一项，请从列表中选择。")
    if found.kind == Item.Kind.CASES:
        raise Refused(BY_CASES)
    return found


def _check(item: Item, wanted: Terms, today: dt.date) -> None:
    if not wanted.text:
        raise Refused("请填写内容。", field="text")
    before = {pk: day for pk, _, day in due_of(item)}
    for pk, _, day in wanted.due:
        if day != before.get(pk) and day and day < today.isoformat():
            raise Refused("新的截止日期已经过去，请改为今天或以后。", field=f"due_{pk}")


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused("请填写调整事由。", field="reason")
    return reason.strip()


def _tell(supplement: int, data: dict[str, Any], actor: Actor, at: dt.datetime, **changes: Any) -> None:
    """Only the office, only a draft."""
    draft = Q(state=Supplement.State.DRAFT)
    record(
        Supplement, supplement, "change", actor=actor, at=at, data=data, changes=changes, rules=(office_works,),
        source=draft,
    ).all_or_refuse()  # fmt: skip


@transaction.atomic
def _go_on(node: Any, supplement: int, actor: Actor, at: dt.datetime) -> None:
    if not leave(node, SupplementProcess.objects.filter(supplement=supplement), actor, at):
        state = Supplement.objects.get(pk=supplement).get_state_display()
        raise Refused(f"补充通知当前为“{state}”，不能这样办理，请刷新后查看。")
