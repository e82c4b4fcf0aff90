"""The ladders as they stand in ladders.yaml, checked when they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from foundation.organization.calendar import WorkCalendar
from foundation.organization.dated import BadData, read_data, since, version_on

from .ladder import SLIP, Ladder, Rung, last_due_day

COLOURS = ["blue", "yellow", "red"]  # each builds on the one before
FILE = Path(__file__).with_name("ladders.yaml")


@cache
def ladders() -> tuple[Ladder, ...]:
    """The oldest first."""
    return read(read_data(FILE, "ladder"), FILE.name)


def read(values: Sequence[dict[str, Any]], name: str) -> tuple[Ladder, ...]:
    found = sorted((_ladder(one, name) for one in values), key=lambda one: one.effective_from)
    if len({one.effective_from for one in found}) < len(found):
        raise BadData(f"{name} 有两份督办规则从同一天起施行，请改正 effective_from。")
    return tuple(found)


def ladder_for(due_on: dt.date) -> Ladder:
    """In force on the due day of a task, so that none changes under it; before the first one, the first."""
    return version_on(ladders(), due_on)


def reach(today: dt.date, calendar: WorkCalendar) -> dt.date:
    """What is due later has come to no rung of any ladder."""
    return max(last_due_day(one, today, calendar) for one in ladders())


def rung_of(due_on: dt.date, code: str) -> Rung | None:
    """The rung that a row names; None where the ladder has been changed since."""
    return next((rung for rung in ladder_for(due_on).rungs if rung.code == code), None)


def _ladder(one: dict[str, Any], name: str) -> Ladder:
    rungs = tuple(Rung(**rung | {"to": tuple(rung["to"])}) for rung in one["rungs"])
    for before, after in pairwise(rungs):
        if after.offset <= before.offset:
            raise BadData(f"{name} 的 rungs 要按 offset 从小到大排列，{after.code} 排错了。")
    for rung in rungs:
        _check(rung, name)
    steps = [colour for colour, _ in groupby(rung.colour for rung in rungs if rung.kind == SLIP)]
    if steps != COLOURS[: len(steps)]:
        raise BadData(
            f"{name} 的督办单缺级或颠倒：{'、'.join(steps)}。请按 {'、'.join(COLOURS)} 逐级写，不能跳级。"
        )
    at = dt.time.fromisoformat(one["sweep_at"])
    return Ladder(since(one, name), one["verified"], one["basis"], at, rungs)


def _check(rung: Rung, name: str) -> None:
    """A slip is about what is late; a reminder comes before."""
    if rung.kind == SLIP and not (rung.offset >= 0 and rung.colour and rung.reply and rung.asks):
        raise BadData(f"{name} 的 {rung.code} 是督办单，要在到期以后，并写明 colour、reply 和 asks。")
    if rung.kind != SLIP and (rung.offset >= 0 or rung.colour or rung.listed or rung.reply or rung.asks):
        raise BadData(f"{name} 的 {rung.code} 是提醒，要在到期以前，不写 colour、reply、asks 和 listed。")
