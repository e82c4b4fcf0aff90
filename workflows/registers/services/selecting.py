"""作品评选: 发起, 送评, 选定, 记录投票结果. The judges decide in their inbox (judged.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256

from django.db import transaction as tx
from django.db.models import DateField as Days
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from approvals import services as approvals
from approvals.groups import members_in_force
from foundation.journal.chain import canonical
from foundation.journal.moves import create, record, transition
from foundation.journal.prepared import Param
from foundation.organization.actors import Actor
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused

from ..kind import Kind
from ..library import kind_on
from ..models import Candidate, Register, RegisterRow, Selection, office_keeps

ROUTE, LABEL, JUDGES = "works", "registers.candidate", "judges"
NO_JUDGES = "还没有评委。请系统管理员在“管理—人员组”里设置代码为 judges 的人员组，再送评。"


@tx.atomic
def begin(
    *, kind: Kind, title: str, start: dt.date, end: dt.date, wanted: int, actor: Actor, at: dt.datetime
) -> int:
    if actor.post_code not in OFFICE_POSTS:
        raise Refused(office_keeps.says)
    if not kind.votes:
        raise Refused("这本登记册不用来评选。")
    if end < start:
        raise Refused("“报送至”不能早于“报送自”。", field="end")
    values = {
        "register": Register.objects.get(code=kind.code),
        "title": title,
        "start": start,
        "end": end,
        "wanted": wanted,
    }
    (pk,) = create(Selection, values, actor=actor, at=at)
    return pk


@tx.atomic
def send(*, selection: int, actor: Actor, at: dt.datetime) -> int:
    """Everything handed in by now, and what came back, goes to the judges; how many works."""
    row = _locked(selection)
    if not members_in_force(timezone.localdate(at)).filter(signergroup__code=JUDGES).exists():
        raise Refused(NO_JUDGES)
    transition(Selection.judge, selection, actor=actor, at=at).all_or_refuse()
    create(
        Candidate, {"selection": row, "row": F("pk")}, source=_collected, actor=actor, at=at, selection=selection,
        register=row.register_id, start=row.start, end=row.end,
    )  # fmt: skip
    waiting = Candidate.objects.filter(selection=selection, state="waiting").select_related(
        "row", "row__register"
    )
    fresh = list(waiting)
    if not fresh:
        raise Refused("没有待送评的作品。作品要先登记或导入，报送日期在征集的时间以内。")
    for one in fresh:
        _ask(one, row, actor, at)
    return len(fresh)


def _ask(one: Candidate, selection: Selection, actor: Actor, at: dt.datetime) -> None:
    transition(Candidate.judge, one.pk, actor=actor, at=at).all_or_refuse()
    approval = approvals.start(
        route=ROUTE, subject=LABEL, subject_id=one.pk, title=f"作品评审：{one.row}"[:200], brief=selection.title,
        unit=actor.unit or 0, digest=digest(one.pk), actor=actor, at=at,
    )  # fmt: skip
    Candidate.objects.filter(pk=one.pk).update(approval=approval)


def _collected() -> QuerySet[RegisterRow]:
    """Kept rows of the days of a selection that are not in it."""
    there = Candidate.objects.filter(selection=Param("selection"), row=OuterRef("pk"))
    days = {"day__gte": Param("start", Days), "day__lte": Param("end", Days)}
    return RegisterRow.objects.filter(~Exists(there), register=Param("register"), state="kept", **days)


def digest(candidate: int) -> str:
    """Of what the judges look at: the public's votes come later and change nothing of it."""
    row = RegisterRow.objects.select_related("register").get(candidacies=candidate)
    kind = kind_on(row.register.code, timezone.localdate())
    votes = kind.votes if kind else ""
    cells = {key: value for key, value in row.cells.items() if key != votes}
    return sha256(canonical({"row": row.pk, "cells": cells}).encode()).hexdigest()


@tx.atomic
def choose(*, selection: int, candidates: Iterable[int], actor: Actor, at: dt.datetime) -> None:
    """Those among what the judges passed; all of them have to have decided."""
    row, chosen = _locked(selection), sorted(set(candidates))
    undecided = Candidate.objects.filter(selection=selection, state__in=("waiting", "judging")).count()
    if undecided:
        raise Refused(f"还有 {undecided} 件作品没有评完，等评委票签结束再选定。")
    if not 1 <= len(chosen) <= row.wanted:
        raise Refused(f"请勾选 1 到 {row.wanted} 件作品，现在勾选了 {len(chosen)} 件。")
    passed = Candidate.objects.filter(selection=selection, pk__in=chosen).count()
    if passed < len(chosen):
        raise Refused("有的作品不在这次评选里，请刷新后再选。")
    transition(Candidate.choose, chosen, actor=actor, at=at).all_or_refuse()
    transition(Selection.choose, selection, actor=actor, at=at, note={"works": chosen}).all_or_refuse()


@tx.atomic
def record_votes(*, selection: int, actor: Actor, at: dt.datetime) -> None:
    """What the public voted, as the register has it now."""
    row = _locked(selection)
    kind = kind_on(row.register.code, timezone.localdate(at))
    chosen = list(Candidate.objects.filter(selection=selection, state="chosen").select_related("row"))
    votes = {one.pk: one.row.cells.get(kind.votes) for one in chosen} if kind else {}
    if missing := [str(one) for one in chosen if votes.get(one.pk) is None]:
        raise Refused(f"还没有票数：{'、'.join(missing[:5])}。请先把投票结果导入登记册，或在登记里更正。")
    transition(Selection.record_votes, selection, actor=actor, at=at).all_or_refuse()
    for one in chosen:
        told = {"votes": votes[one.pk]}
        record(Candidate, one.pk, "vote", actor=actor, at=at, changes=told, data=told).all_or_refuse()


def _locked(selection: int) -> Selection:
    return Selection.objects.select_for_update(of=("self",)).select_related("register").get(pk=selection)
