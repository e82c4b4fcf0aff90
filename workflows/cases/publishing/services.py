"""Drafting, correcting, reviewing, publishing, taking back a publication. The case is locked first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction as tx
from django.utils import timezone

from foundation.journal.moves import create, record, transition
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from foundation.organization.rules import Rule

from ..models import Case, Decision, Publication, Recommendation
from ..models.publications import EDITABLE
from ..parties.decisions import publish_decision
from ..parties.steps import WITHDRAWN, step_follows
from ..permissions import publishes_publication, reviews_publication, works_on_publication
from ..recommending import services as recommending
from ..register import locked
from .drafting import decisions_open, draft_of, known_of, recommendations_open
from .masking import Masked, mask


@tx.atomic
def draft_publication(
    *,
    case: int,
    actor: Actor,
    at: dt.datetime,
    decision: int | None = None,
    recommendation: int | None = None,
) -> tuple[int, int]:
    """Its id, and how many places were masked. Of a decision in force, or of a recommendation that was adopted."""
    there = locked(case, actor, at)
    of: Decision | Recommendation | None = decisions_open(there).filter(pk=decision or 0).first()
    of = of or recommendations_open(there).filter(pk=recommendation or 0).first()
    if of is None:
        raise Refused("这一项不能起草公开文本：已经有文本在办、已经公开或者不再有效，请刷新后重新选择。")
    drafted = draft_of(there, of)
    values = {
        "case": there, "decision" if isinstance(of, Decision) else "recommendation": of, "title": drafted.title, "text": drafted.text,
        "people": dict(drafted.people),
    }  # fmt: skip
    words = {"title": drafted.title, "text": drafted.text}
    (pk,) = create(Publication, values, actor=actor, at=at, words=words)
    return pk, drafted.count


@tx.atomic
def change_publication(*, publication: int, title: str, text: str, actor: Actor, at: dt.datetime) -> int:
    """How many places of what was typed the rules masked before it was kept."""
    row = _locked(publication, works_on_publication, actor, at)
    if row.state not in EDITABLE:
        raise Refused(f"公开文本当前“{row.get_state_display()}”，要修改请先取回。")
    if not title.strip() or not text.strip():
        raise Refused("标题和正文都要填写。")
    known = known_of(row.case, row.people)
    heading, body = mask(title.strip()[:120], known), mask(text.strip()[:5000], known)
    changes = {"title": heading.text[:120], "text": body.text[:5000], "people": known.people}
    words = {name: changes[name] for name in ("title", "text")}
    record(Publication, row.pk, "change", actor=actor, at=at, changes=changes, words=words).all_or_refuse()
    return heading.count + body.count


@tx.atomic
def submit_publication(*, publication: int, checked: bool, actor: Actor, at: dt.datetime) -> None:
    """`checked`: somebody has looked at every place that the rules could not decide."""
    row = _locked(publication, works_on_publication, actor, at)
    found = _may_leave(row)
    if not checked and found.spans:
        raise Refused("还有标出待核对的地方，请逐处核对、修改，再勾选“已逐处核对”。")
    _move(Publication.submit, row, actor, at)


@tx.atomic
def approve_publication(*, publication: int, seen: int, actor: Actor, at: dt.datetime) -> None:
    row = _locked(publication, reviews_publication, actor, at)
    _as_seen(row, seen)
    _may_leave(row)
    _move(Publication.approve, row, actor, at)


@tx.atomic
def return_publication(*, publication: int, seen: int, why: str, actor: Actor, at: dt.datetime) -> None:
    row = _locked(publication, reviews_publication, actor, at)
    _as_seen(row, seen)
    if not why.strip():
        raise Refused("请写明退回的理由。")
    said = why.strip()[:200]
    _move(Publication.send_back, row, actor, at, {"remark": said}, said)


@tx.atomic
def take_back_publication(*, publication: int, actor: Actor, at: dt.datetime) -> None:
    """To correct it; then it is reviewed anew."""
    _move(Publication.take_back, _locked(publication, works_on_publication, actor, at), actor, at)


@tx.atomic
def drop_publication(*, publication: int, why: str, actor: Actor, at: dt.datetime) -> None:
    row = _locked(publication, works_on_publication, actor, at)
    if not why.strip():
        raise Refused("请写明不再公开的原因。")
    _move(Publication.drop, row, actor, at, said=why.strip()[:200])


@tx.atomic
def publish_publication(*, publication: int, on: dt.date, where: str, actor: Actor, at: dt.datetime) -> None:
    """What it is about is public from that day on too, and the clock of the case ends: nothing is recorded twice."""
    row = _locked(publication, publishes_publication, actor, at)
    if on > timezone.localdate(at):
        raise Refused(f"公开的日期 {on} 在将来，请在公开以后填写。")
    if not where.strip():
        raise Refused("请填写在哪里公开，如 市政府网站。")
    _may_leave(row)
    said = {"published_on": on.isoformat(), "published_in": where.strip()[:100]}
    _move(Publication.publish, row, actor, at, said)
    by: dict[str, Any] = {"on": on, "actor": actor, "at": at}
    if row.decision_id:
        publish_decision(case=row.case_id, row=row.decision_id, **by)
    elif row.recommendation and row.recommendation.state == Recommendation.State.ACCEPTED:
        recommending.publish(recommendation=row.recommendation.pk, where=where, **by)


@tx.atomic
def withdraw_publication(*, publication: int, on: dt.date, why: str, actor: Actor, at: dt.datetime) -> None:
    """From the public. Where its decision was annulled, that is a step of the case."""
    row = _locked(publication, works_on_publication, actor, at)
    if on > timezone.localdate(at):
        raise Refused(f"撤回的日期 {on} 在将来，请在撤回以后填写。")
    if row.published_on and on < row.published_on:
        raise Refused(f"撤回的日期 {on} 早于公开的日期 {row.published_on}，请核对。")
    if not why.strip():
        raise Refused("请写明撤回的原因。")
    _move(Publication.withdraw, row, actor, at, said=why.strip()[:200], note={"on": on.isoformat()})
    left = Publication.objects.filter(
        case=row.case_id, state=Publication.State.PUBLISHED, decision__annulled_on__isnull=False
    )
    if row.decision and row.decision.annulled_on and not left.exists():
        step_follows(row.case, WITHDRAWN, on, actor, at)


def _locked(publication: int, rule: Rule, actor: Actor, at: dt.datetime) -> Publication:
    case = Publication.objects.filter(pk=publication).values("case")
    if not Case.objects.select_for_update().filter(pk__in=case).exists():
        raise Refused("这份公开文本已不存在。")
    rows = Publication.objects.select_related("case__unit", "decision", "recommendation")
    row = rows.get(pk=publication)
    if not rule(row, actor, timezone.localdate(at)):
        raise Refused(rule.says)
    return row


def _as_seen(row: Publication, seen: int) -> None:
    if row.journal_seq != seen:
        raise Refused("您打开以后，这份文本有了变化，请重新看过再办理。")


def _may_leave(row: Publication) -> Masked:
    """Somebody may have become a party since the text was kept."""
    found = mask(row.whole, known_of(row.case, row.people))
    if found.count:
        raise Refused("本案新登记的姓名在文本里还没有遮盖，请在起草中再保存一遍。")
    if row.decision and (row.decision.annulled_on or row.decision.struck_at):
        raise Refused("这份决定已被撤销、变更或者划去，不能公开。")
    return found


def _move(
    move: Callable[..., Any], row: Publication, actor: Actor, at: dt.datetime,
    data: Mapping[str, Any] | None = None, said: str = "", note: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    words = {"opinion": said}
    transition(move, row.pk, actor=actor, at=at, data=data, words=words, note=note).all_or_refuse()
