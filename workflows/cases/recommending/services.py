"""What people do with a recommendation. Each takes the process one step on; the flow's nodes move the row."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction as tx
from django.utils import timezone

from approvals import services as approvals
from approvals.acting import acting
from approvals.waiting import leave, pending_of
from foundation.journal.moves import create, record
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from ..models import Publication, Recommendation, RecommendationProcess
from ..models.publications import UNDER_WAY
from ..models.recommendations import OPEN
from ..permissions import recommends
from ..register import locked
from .flows import RecommendationFlow
from .owing import items_of
from .qualifying import basis_of


@dataclass(frozen=True)
class Words:
    """What the unit says about its case."""

    kind: str
    summary: str
    merit: str


@tx.atomic
def recommend(*, case: int, item: int, words: Words, actor: Actor, at: dt.datetime) -> int:
    """Send it to the unit's head and the office, or send it again after a return or a withdrawal; its id."""
    # The lock also keeps a case from being recommended twice at the same moment.
    row, day = locked(case, actor, at, recommends), timezone.localdate(at)
    asked = items_of(row.unit_id).filter(pk=item).first()
    if asked is None:
        raise Refused("这个活动没有要求本单位推荐案例，或者已经结束，请重新选择。")
    basis = basis_of(row, words.kind, at)
    said = asdict(words) | {
        "item": asked, "qualifies": basis.ok, "basis": list(basis.says), "decided_on": basis.on,
    }  # fmt: skip
    there = Recommendation.objects.filter(case=case, plan=asked.plan_id).first()
    if there:
        _send_again(there, said, actor, at)
        return there.pk
    values = said | {"case": row, "plan": asked.plan_id, "unit": row.unit_id, "first_on": day}
    (pk,) = create(Recommendation, values, actor=actor, at=at, data={"kind": words.kind})
    with acting(actor, at):
        RecommendationFlow.start.run(recommendation=pk)
    return pk


def withdraw(*, recommendation: int, actor: Actor, at: dt.datetime, reason: str = "") -> None:
    """Whoever sent it takes it back while nobody has decided."""
    found = pending_of(_processes(recommendation))
    if found is None:
        raise Refused("这条推荐不在审核中，没有可以撤回的，请刷新后查看。")
    approvals.withdraw(approval_id=found.pk, actor=actor, at=at, reason=reason)


def publish(*, recommendation: int, on: dt.date, where: str, actor: Actor, at: dt.datetime) -> None:
    """The office has told the public of it."""
    if on > timezone.localdate(at):
        raise Refused("公布日期在将来，请在公布以后填写。")
    if not where.strip():
        raise Refused("请填写在哪里公布，如 市政府网站。")
    if Publication.objects.filter(recommendation=recommendation, state__in=UNDER_WAY).exists():
        raise Refused("这个案例有公开文本在办，请审核以后在公开文本里记录公开。")
    data = {"published_on": on.isoformat(), "published_in": where.strip()[:100]}
    _go_on((RecommendationFlow.use,), recommendation, actor, at, **data)


def archive(*, recommendation: int, actor: Actor, at: dt.datetime) -> None:
    """Done with: published, or adopted and not for the public."""
    _go_on((RecommendationFlow.use, RecommendationFlow.shelve), recommendation, actor, at)


def _send_again(there: Recommendation, said: dict[str, Any], actor: Actor, at: dt.datetime) -> None:
    if there.state not in OPEN:
        raise Refused(
            f"这个案件在这个活动中已经推荐过，现在“{there.get_state_display()}”，一个活动只推荐一次。"
        )
    data = {"fields": sorted(said), "kind": said["kind"]}
    record(Recommendation, there.pk, "change", actor=actor, at=at, changes=said, data=data).all_or_refuse()
    _go_on((RecommendationFlow.again,), there.pk, actor, at)


def _processes(recommendation: int) -> Any:
    return RecommendationProcess.objects.filter(recommendation=recommendation)


@tx.atomic
def _go_on(nodes: tuple[Any, ...], recommendation: int, actor: Actor, at: dt.datetime, **data: str) -> None:
    """From whichever of `nodes` it waits at; the second of two who press at once is told where it stands."""
    processes = _processes(recommendation)
    if not any(leave(node, processes, actor, at, **data) for node in nodes):
        row = Recommendation.objects.filter(pk=recommendation).first()
        state = row.get_state_display() if row else "已不存在"
        raise Refused(f"这条推荐当前“{state}”，不能这样办理，请刷新后查看。")
