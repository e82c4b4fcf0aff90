"""What the office does with what it owes upward. Each is one transaction, with its entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction as tx
from django.utils import timezone

from documents.models import Document
from documents.permissions import reads_document
from foundation.files import services as files
from foundation.journal.moves import create, record, transition
from foundation.organization.actors import Actor
from foundation.organization.audit import difference, values_of
from foundation.organization.models import Unit
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused
from workflows.tasks.services.guards import required

from ..models import UpwardDuty
from ..permissions import keeps_upward

LABEL = UpwardDuty._meta.label_lower
KEPT = ("kind", "title", "to", "basis", "due_on", "handler_id", "plan_id")


@tx.atomic
def add_duty(*, values: Mapping[str, Any], actor: Actor, at: dt.datetime) -> int:
    """`values`: of KEPT."""
    if actor.post_code not in OFFICE_POSTS or not actor.unit:
        raise Refused(keeps_upward.says)
    data = {"due_on": values["due_on"].isoformat(), "handler": values.get("handler_id")}
    organ = Unit.objects.get(pk=actor.unit)
    return create(UpwardDuty, {**values, "organ": organ}, actor=actor, at=at, data=data)[0]


@tx.atomic
def change_duty(*, duty: int, values: Mapping[str, Any], actor: Actor, at: dt.datetime) -> bool:
    """Only while it is open. A due day that moves begins its reminders anew."""
    row = UpwardDuty.objects.select_for_update(of=("self",)).get(pk=duty)
    if row.state != UpwardDuty.State.OPEN:
        raise Refused("已经报送或不用报的，不能再改；要改的先改回待报。")
    changed = difference(values_of(row, KEPT), values)
    if not changed:
        return False
    data = {name: [_plain(one) for one in pair] for name, pair in changed.items()}
    by: dict[str, Any] = {"actor": actor, "at": at, "rules": (keeps_upward,), "changes": dict(values)}
    record(UpwardDuty, duty, "change", data={"changed": data}, **by).all_or_refuse()
    return True


@tx.atomic
def hand_in(
    *, duty: int, handed_on: dt.date, channel: str = "", receipt: str = "", papers: Iterable[Document] = (),
    file: Any = None, actor: Actor, at: dt.datetime,
) -> None:  # fmt: skip
    """With what was handed in: documents of the office as they were, or a file; a receipt that came at once with it."""
    given = list(papers)
    if not (given or file or receipt.strip()):
        raise Refused("请选随报的公文，或上传报送的材料、填写回执编号，至少有一样。")
    if handed_on > timezone.localdate(at):
        raise Refused("报送日期还没有到，请改正。", field="handed_on")
    _refuse_unread(given, actor, at)
    data = {"handed_on": handed_on.isoformat(), "channel": channel.strip()[:40]}
    note = {"papers": [one.pk for one in given]}
    transition(UpwardDuty.hand_in, duty, actor=actor, at=at, data=data, note=note).all_or_refuse()
    UpwardDuty.objects.get(pk=duty).papers.set(given)
    _attach(duty, file, "handed", actor, at)
    if receipt.strip():
        confirm(duty=duty, receipt=receipt, actor=actor, at=at)


@tx.atomic
def confirm(*, duty: int, receipt: str = "", file: Any = None, actor: Actor, at: dt.datetime) -> None:
    """回执: the number 粤政易 gave, or the receipt as a file."""
    if not (receipt.strip() or file):
        raise Refused("请填写回执编号，或上传回执。")
    given = {"receipt": receipt.strip()[:60]}
    transition(UpwardDuty.confirm, duty, actor=actor, at=at, data=given).all_or_refuse()
    _attach(duty, file, "receipt", actor, at)


@tx.atomic
def take_back(*, duty: int, why: str, actor: Actor, at: dt.datetime) -> None:
    """It was returned from above, or written down by mistake. What was attached stays."""
    words = {"reason": required(why, "改回的理由")}
    transition(UpwardDuty.take_back, duty, actor=actor, at=at, words=words).all_or_refuse()


def drop(*, duty: int, why: str, actor: Actor, at: dt.datetime) -> None:
    words = {"reason": required(why, "不用报的理由")}
    transition(UpwardDuty.drop, duty, actor=actor, at=at, words=words).all_or_refuse()


def _refuse_unread(papers: list[Document], actor: Actor, at: dt.datetime) -> None:
    day = timezone.localdate(at)
    readable = Document.objects.filter(reads_document.q(actor.post, day), state=Document.State.ISSUED)
    if readable.filter(pk__in=[one.pk for one in papers]).count() != len(papers):
        raise Refused("随报的公文要是已经印发的，请重新选择。", field="papers")


def _attach(duty: int, file: Any, slot: str, actor: Actor, at: dt.datetime) -> None:
    if file:
        stored = files.store(file, file.name, at=at)
        files.attach(stored, subject=LABEL, subject_id=duty, slot=slot, name=file.name, actor=actor, at=at)


def _plain(one: Any) -> Any:
    return one.isoformat() if isinstance(one, dt.date) else one
