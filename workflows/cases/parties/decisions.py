"""What becomes of a decision: published, annulled, its fine left outside the range for a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction as tx
from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from ..loading import every_pack
from ..models import Case, Decision
from ..models.publications import UNDER_WAY
from ..register import locked
from ..standing import pack_of
from .keeping import keep, refuse
from .services import live
from .steps import all_published, one_annulled
from .told import answer, rows_of


@tx.atomic
def publish_decision(*, case: int, row: int, on: dt.date, actor: Actor, at: dt.datetime) -> None:
    there = locked(case, actor, at)
    kept = live(Decision, there, row)
    if kept.annulled_on:
        raise Refused("这份决定已被撤销、变更，不能公开。")
    if kept.publications.filter(state__in=UNDER_WAY).exists():
        raise Refused("这份决定有公开文本在办，请审核以后在公开文本里记录公开。")
    refuse(_day("公开", on, kept, at))
    _keep("publish_decision", there, kept, {"published_on": on}, actor, at)
    all_published(there, actor, at)


@tx.atomic
def annul_decision(*, case: int, row: int, on: dt.date, why: str, actor: Actor, at: dt.datetime) -> None:
    """It no longer counts, and the 一案双罚 that it made neither."""
    there = locked(case, actor, at)
    kept = live(Decision, there, row)
    if kept.annulled_on:
        raise Refused("这份决定已经记录为撤销、变更，请刷新后查看。")
    if not why.strip():
        raise Refused("请写明由谁以什么文书撤销或者变更。")
    refuse(_day("撤销、变更", on, kept, at))
    _keep("annul_decision", there, kept, {"annulled_on": on, "annulled_why": why.strip()[:200]}, actor, at)
    one_annulled(there, kept, actor, at)


@tx.atomic
def overrule_range(*, case: int, row: int, why: str, actor: Actor, at: dt.datetime) -> None:
    """The warning stays, with the reason beside it."""
    there = locked(case, actor, at)
    kept = live(Decision, there, row)
    if not why.strip():
        raise Refused("请写明罚款超出幅度的理由。")
    if answer(pack_of(there, every_pack()).penalties, there, rows_of(there)).ranges[row].ok is not False:
        raise Refused("这项罚款没有超出幅度，不用说明理由。")
    _keep("overrule_range", there, kept, {"overruled": why.strip()[:200]}, actor, at)


def _day(what: str, on: dt.date, kept: Decision, at: dt.datetime) -> Iterator[str]:
    if on > timezone.localdate(at):
        yield f"{what}的日期 {on} 在将来，请改为实际的日期。"
    if on < kept.date:
        yield f"{what}的日期 {on} 早于决定日期 {kept.date}，请核对。"


def _keep(
    verb: str, case: Case, kept: Decision, values: dict[str, Any], actor: Actor, at: dt.datetime
) -> None:
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(values))
    words = {name: str(value) for name, value in values.items()}
    keep(verb, case, kept, actor, at, words=words)
