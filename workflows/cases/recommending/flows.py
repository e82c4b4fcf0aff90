"""A recommended case as the office handles it, top to bottom: review, adoption, publication, archive."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import Any

from viewflow import this
from viewflow.workflow import flow, lock

from approvals.acting import current_act
from approvals.nodes import ApprovalNode, Opening
from approvals.subjects import Matter
from foundation.journal.chain import canonical
from foundation.journal.moves import transition
from foundation.organization.actors import Actor

from ..models import Recommendation, RecommendationProcess
from ..register import look_at

ROUTE = "recommendation"  # approvals.Route.code


class RecommendationFlow(flow.Flow):
    process_class = RecommendationProcess
    process_title = "典型案例推荐"
    lock_impl = lock.SelectForUpdateLock(nowait=False)

    start = flow.StartHandle(this.open).Annotation(title="推荐案例").Next(this.review)
    review = (
        ApprovalNode(opening=this.opening, matter=this.matter, looked=this.looked)
        .Annotation(title="审核推荐")
        .Approved(this.accept)
        .Returned(this.send_back)
        .Withdrawn(this.take_back)
        .Rejected(this.decline)
    )
    send_back = flow.Function(this.returned).Annotation(title="退回单位").Next(this.again)
    take_back = flow.Function(this.withdrawn).Annotation(title="单位撤回").Next(this.again)
    again = flow.Handle(this.sent_again).Annotation(title="再次推荐").Next(this.review)
    decline = flow.Function(this.declined).Annotation(title="不予采用").Next(this.end)
    accept = flow.Function(this.accepted).Annotation(title="采用").Next(this.use)
    use = flow.Handle(this.used).Annotation(title="公布").Next(this.is_published)
    is_published = flow.If(this.published).Annotation(title="公布？").Then(this.shelve).Else(this.end)
    shelve = flow.Handle(this.archived).Annotation(title="归档").Next(this.end)
    end = flow.End()

    def open(self, activation: Any, recommendation: int) -> RecommendationProcess:
        activation.process.recommendation_id = recommendation
        activation.process.save()
        return activation.process

    def opening(self, activation: Any) -> Opening:
        row = _row(activation)
        title = f"{row.unit.short_name} 推荐典型案例：{row.case.title}"
        return Opening(
            ROUTE, title[:200], f"{row.get_kind_display()}；{row.summary[:120]}", row.unit_id, digest_of(row)
        )

    def matter(self, activation: Any) -> Matter:
        row = _row(activation)
        return Matter("cases/_recommendation.html", {"row": row}, f"/recommendations/{row.pk}/")

    def looked(self, activation: Any, actor: Actor, at: dt.datetime) -> None:
        """Who sees the case in its approval has looked at it."""
        look_at(_row(activation).case, actor, at)

    def returned(self, activation: Any) -> None:
        _move(activation, Recommendation.send_back)

    def withdrawn(self, activation: Any) -> None:
        _move(activation, Recommendation.take_back)

    def sent_again(self, activation: Any) -> None:
        _move(activation, Recommendation.send_again)

    def declined(self, activation: Any) -> None:
        _move(activation, Recommendation.decline)

    def accepted(self, activation: Any) -> None:
        _move(activation, Recommendation.accept)

    def used(self, activation: Any, **where: str) -> None:
        """Published; or archived as it is, where it is not for the public."""
        _move(activation, Recommendation.publish if where else Recommendation.archive, **where)

    def published(self, activation: Any) -> bool:
        return _row(activation).state == Recommendation.State.PUBLISHED

    def archived(self, activation: Any) -> None:
        _move(activation, Recommendation.archive)


def digest_of(row: Recommendation) -> str:
    """What the approval signs: the unit's words about the case, and why it qualifies."""
    said = {
        name: getattr(row, name)
        for name in ("case_id", "item_id", "kind", "summary", "merit", "qualifies", "basis")
    }
    day = row.decided_on.isoformat() if row.decided_on else ""
    return sha256(canonical(said | {"decided_on": day}).encode()).hexdigest()


def _row(activation: Any) -> Recommendation:
    rows = Recommendation.objects.select_related("case", "unit", "plan")
    return rows.get(pk=activation.process.recommendation_id)


def _move(activation: Any, move: Any, **data: str) -> None:
    act, pk = current_act(), activation.process.recommendation_id
    words = {"opinion": act.opinion}
    transition(move, pk, actor=act.actor, at=act.at, data=data, words=words).all_or_refuse()
