"""Preparing a batch, starting it, having what failed made again, and giving it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction as tx
from django.db.models import F, QuerySet
from django.utils import timezone

from foundation.jobs import queue
from foundation.journal.moves import create, record, transition
from foundation.journal.prepared import Listed
from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused
from foundation.organization.rules import Rule

from ..models import Batch, BatchItem, Document, Seal, SealUse
from ..sealing.permissions import USABLE
from .filling import unknown_words
from .permissions import copies, runs_batch
from .table import UnitTable

JOB = "documents.batch"
LABEL = "documents.batch"
MOST = 1000  # units


@tx.atomic
def prepare_batch(
    *, source: int, units: Collection[int], actor: Actor, at: dt.datetime, table: UnitTable | None = None,
    annex: str = "", numbering: str = Batch.Numbering.SHARED,
) -> int:  # fmt: skip
    """Written down with everything it takes; nothing is issued before it is begun. Returns its id."""
    row, table = _source(source, actor, at), table or UnitTable()
    if unknown := unknown_words(row.content["text"] + "".join(row.content.get("to", ()))):
        raise Refused(
            f"原文里的占位符{'、'.join(unknown)}不认识，可用的是{{单位}}、{{简称}}、{{称呼}}。",
            field="source",
        )
    if not units:
        raise Refused("请选择单位、范围，或上传写有单位的表格。", field="units")
    if len(units) > MOST:
        raise Refused(f"一次最多 {MOST} 个单位，现在有 {len(units)} 个，请分几次办理。", field="units")
    if outside := sorted(table.rows.keys() - set(units)):
        names = Unit.objects.filter(pk__in=outside[:10]).values_list("short_name", flat=True)
        raise Refused(
            f"表格里的{'、'.join(names)}不在所选单位之内：请一并选上，或从表格删去。", field="table"
        )
    values: dict[str, Any] = {
        "source": row, "numbering": numbering, "annex": annex, "columns": list(table.columns), "by": actor.post,
        "rows": {str(unit): rows for unit, rows in table.rows.items()},
    }  # fmt: skip
    (pk,) = create(Batch, values, actor=actor, at=at, data={"source": source, "units": len(units)})
    taken = {"batch": pk, "unit": F("pk"), "order": F("order")}
    create(BatchItem, taken, source=_listed, ids=sorted(units), actor=actor, at=at)
    return pk


@tx.atomic
def begin_batch(*, batch: int, actor: Actor, at: dt.datetime) -> None:
    """Have all copies made. Copies of a sealed paper bear its seal: whoever begins must be one of those who may use it."""
    row = _batch(batch, actor, at)
    _source(row.source_id, actor, at)
    transition(Batch.begin, batch, actor=actor, at=at).all_or_refuse()
    _issue(row, row.items.count(), actor, at)


@tx.atomic
def run_again(
    *, batch: int, actor: Actor, at: dt.datetime, items: Sequence[int] | None = None, table: UnitTable | None = None
) -> None:  # fmt: skip
    """Those that failed, all or some of them; `table` brings other rows for them. What is issued stays as it is."""
    row = _batch(batch, actor, at)
    failed = row.items.filter(state=BatchItem.State.FAILED)
    wanted = dict((failed if items is None else failed.filter(pk__in=items)).values_list("pk", "unit"))
    if not wanted:
        raise Refused("没有未印成的份，不用重新办理，请刷新后查看。")
    transition(Batch.go_again, batch, actor=actor, at=at, note={"items": len(wanted)}).all_or_refuse()
    if table:
        if list(table.columns) != row.columns:
            raise Refused(
                f"表格的栏目要和原来一样：{'、'.join(row.columns) or '（没有表格）'}。", field="table"
            )
        fresh = {str(unit): table.rows[unit] for unit in wanted.values() if unit in table.rows}
        Batch.objects.filter(pk=batch).update(rows=row.rows | fresh)
    transition(BatchItem.again, list(wanted), actor=actor, at=at).all_or_refuse()
    _issue(row, len(wanted), actor, at)


@tx.atomic
def give_up(*, batch: int, reason: str, actor: Actor, at: dt.datetime) -> None:
    """What was issued until then stays as it is; no number was taken for the rest."""
    row = _batch(batch, actor, at)
    if row.state == Batch.State.MAKING and not row.stands_still:
        raise Refused("还在印发，请先点“停下”，再放弃。")
    if not reason.strip():
        raise Refused("放弃要写明理由，例如：原文有误。", field="reason")
    left = list(row.items.filter(state=BatchItem.State.WAITING).values_list("pk", flat=True))
    note, words = {"items": len(left)}, {"reason": reason.strip()}
    transition(Batch.give_up, batch, actor=actor, at=at, note=note, words=words).all_or_refuse()
    transition(BatchItem.drop, left, actor=actor, at=at).all_or_refuse()


def _issue(row: Batch, copies: int, actor: Actor, at: dt.datetime) -> None:
    """So many, with the seals of their source."""
    for use in SealUse.objects.filter(document=row.source_id).order_by("pk"):
        told = {"batch": row.pk, "copies": copies}
        record(Seal, use.seal_id, "use", actor=actor, at=at, data=told, rules=USABLE).all_or_refuse()
    job = queue.put(JOB, args={"batch": row.pk}, owner=actor.post, at=at, total=row.items.count())
    Batch.objects.filter(pk=row.pk).update(job=job)


def _source(pk: int, actor: Actor, at: dt.datetime) -> Document:
    return _allowed(Document.objects.select_related("organ"), pk, copies, actor, at)


def _batch(pk: int, actor: Actor, at: dt.datetime) -> Batch:
    return _allowed(Batch.objects.select_for_update(), pk, runs_batch, actor, at)


def _allowed(rows: QuerySet[Any], pk: int, rule: Rule, actor: Actor, at: dt.datetime) -> Any:
    row = rows.filter(rule.q(actor.post, timezone.localdate(at)), pk=pk).first()
    if row is None:
        raise Refused(rule.says)
    return row


def _listed() -> QuerySet[Unit]:
    return Unit.objects.filter(Listed("pk"))
