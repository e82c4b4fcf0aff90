"""The stepper of a task: 下达 签收 填报 单位审批 办公室审核 归档, and where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from foundation.journal.models import Entry
from foundation.organization.templatetags.components import day

from .coming import Ahead
from .gathering import LABEL
from .models import Task

TITLES = ("下达", "签收", "填报", "单位审批", "办公室审核", "归档")
STANDS = {
    "issued": 1, "received": 2, "returned": 2, "unit_review": 3, "office_review": 4, "waiver_review": 4,
    "accepted": 5,
}  # fmt: skip
ENDED = {"waived": "已免除", "rejected": "未通过", "cancelled": "已撤销"}
REACHED = {"create": 0, "receive": 1, "submit": 2, "reach_office": 3, "accept": 4, "archive": 5}


@dataclass(frozen=True)
class Step:
    state: str  # past | now | future
    title: str
    note: str = ""


def steps_of(task: Task, entries: Iterable[Entry], hands: str, ahead: Iterable[Ahead]) -> list[Step]:
    """Past steps carry their day, the current one who has it, the next ones who will be asked first."""
    days = {entry.verb: entry.at for entry in entries}
    if entered := days.get(f"{LABEL}.enter"):
        days.setdefault(f"{LABEL}.submit", entered)
    if task.state in ENDED:
        begun = [Step("past", title, _day(days, n)) for n, title in enumerate(TITLES[:3]) if _day(days, n)]
        return [*begun, Step("now", ENDED[task.state])]
    stands = STANDS.get(task.state, len(TITLES))
    asked: dict[str, str] = {}
    for one in ahead:
        asked.setdefault(
            "单位审批" if one.route in ("unit", "entry") else "办公室审核",
            "无人担任" if one.empty else one.who,
        )
    return [_step(task, n, stands, _day(days, n), hands, asked) for n in range(len(TITLES))]


def _step(task: Task, n: int, stands: int, past: str, hands: str, asked: dict[str, str]) -> Step:
    title = TITLES[n]
    if n == 2 and task.state != "waiver_review":
        title = f"填报第 {task.version + (task.state in ('issued', 'received', 'returned'))} 版"
    if n < stands:
        return Step("past", title, past)
    return Step("now", title, hands) if n == stands else Step("future", title, asked.get(title, ""))


def _day(days: dict[str, dt.datetime], n: int) -> str:
    verb = next(verb for verb, place in REACHED.items() if place == n)
    at = days.get(f"{LABEL}.{verb}")
    return day(at)
