"""登记, 更正, 撤销, 恢复 of one row by hand. What the cells hold was read by values.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction as tx

from foundation.journal.moves import create, record, transition
from foundation.organization.actors import Actor
from foundation.organization.audit import difference
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused

from ..kind import Cells, Kind
from ..models import Register, RegisterRow, office_keeps
from ..values import day_in, key_of

NO_WHY = "请写明原因。"


def columns_of(kind: Kind, cells: Cells, units: Mapping[str, int]) -> dict[str, Any]:
    """What a row keeps beside its cells, to be found and counted by."""
    said = [
        str(cells[column.key]) for column in kind.columns if column.key in cells and column.type == "text"
    ]
    name = str(cells.get(kind.names, ""))
    return {
        "key": key_of(kind, cells), "day": dt.date.fromisoformat(day_in(cells, kind.day)),
        "unit": units.get(cells.get(kind.unit, "")), "chip": str(cells.get(kind.chips, "")),
        "text": "\n".join(dict.fromkeys([name, *said])), "cells": dict(cells),
    }  # fmt: skip


@tx.atomic
def add_row(
    *, kind: Kind, cells: Cells, units: Mapping[str, int], actor: Actor, at: dt.datetime
) -> int:  # fmt: skip
    """`units`: code → id of those that the cells name."""
    register = _locked(kind, actor)
    values = columns_of(kind, cells, units)
    _refuse_another(register, values["key"], kind)
    (pk,) = create(RegisterRow, values | {"register": register}, actor=actor, at=at)
    return pk


@tx.atomic
def change_row(
    *, row: int, kind: Kind, cells: Cells, units: Mapping[str, int], why: str, actor: Actor, at: dt.datetime
) -> bool:  # fmt: skip
    """Whether anything is different."""
    register = _locked(kind, actor)
    there = RegisterRow.objects.select_for_update().get(pk=row, register=register)
    if there.state != RegisterRow.State.KEPT:
        raise Refused("这条登记已撤销，不能更正。要用它请先恢复。")
    changed = _difference(there.cells, cells)
    if not changed:
        return False
    if not why.strip():
        raise Refused(NO_WHY, field="why")
    values = columns_of(kind, cells, units)
    _refuse_another(register, values["key"], kind, but=row)
    record(
        RegisterRow, row, "change", actor=actor, at=at, changes=values, data={"changed": changed},
        words={"reason": why.strip()[:200]}, rules=(office_keeps,),
    ).all_or_refuse()  # fmt: skip
    return True


@tx.atomic
def withdraw_row(*, row: int, why: str, actor: Actor, at: dt.datetime) -> None:
    """It counts for nothing any more, and stays with the reason."""
    if not why.strip():
        raise Refused(NO_WHY, field="why")
    there = RegisterRow.objects.select_for_update(of=("self",)).filter(
        pk=row
    )  # making a case of it waits, or was first
    if any(one.case_id for one in there):
        raise Refused("这条已经转为案件，不能撤销。案件不再办理的，在案件里记录。")
    words = {"reason": why.strip()[:200]}
    transition(RegisterRow.withdraw, row, actor=actor, at=at, words=words).all_or_refuse()


def restore_row(*, row: int, actor: Actor, at: dt.datetime) -> None:
    transition(RegisterRow.restore, row, actor=actor, at=at).all_or_refuse()


def _difference(before: Cells, after: Cells) -> dict[str, list[Any]]:
    keys = {*before, *after}
    return difference({key: before.get(key) for key in keys}, {key: after.get(key) for key in keys})


def _locked(kind: Kind, actor: Actor) -> Register:
    """Two who write in one register wait for each other: the second sees what the first wrote."""
    if actor.post_code not in OFFICE_POSTS:
        raise Refused(office_keeps.says)
    return Register.objects.select_for_update().get(code=kind.code)


def _refuse_another(register: Register, key: str, kind: Kind, but: int = 0) -> None:
    there = RegisterRow.objects.filter(register=register, key=key).exclude(pk=but).first()
    if there is None:
        return
    same = "、".join(kind.by_key[name].name for name in kind.identity)
    if there.state == RegisterRow.State.WITHDRAWN:
        raise Refused(f"{same}相同的一条已登记过，后来撤销了。要用它，请在“已撤销”里打开并恢复。")
    raise Refused(f"{same}相同的一条已经登记，请打开那一条更正。")
