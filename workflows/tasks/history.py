"""办理过程: what happened to a task, from the journal; and what comes next, with names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from approvals.models import Approval
from foundation.files.models import Attachment
from foundation.journal.models import Entry
from foundation.organization.templatetags.components import day, seat

from .beside import does, entries_beside
from .coming import Ahead
from .gathering import LABEL
from .models import Task

DECISIONS = {"approvals.approval.sign", "approvals.approval.approve", "approvals.approval.reject", "approvals.approval.send_back"}  # fmt: skip
SHOWN = {
    "create": "下达", "receive": "签收", "submit": "提交", "withdraw": "撤回", "ask_waiver": "申请免报",
    "hand_over": "转交办理", "reassign": "改派办理", "take_back": "收回办理", "urge": "催办", "archive": "归档", "reopen": "重开",
    "cancel": "撤销", "lapse": "单位撤销，任务终止", "succeed": "由承接单位接着办", "lead": "改为牵头",
    "recall": "单位变更，中止审批", "begin_entry": "开始代录", "enter": "代录", "end_entry": "停止代录", "supplement": "按补充通知调整",
}  # fmt: skip
MARKS = ("reach_office", "accept")  # days of the stepper; the decisions themselves tell them
SAID = {"agree": "同意", "disagree": "不同意", "return": "退回"}


@dataclass(frozen=True)
class Line:
    """One entry of components/timeline.html."""

    state: str
    who: str
    does: str
    at: dt.datetime | None = None
    behalf: str = ""
    opinion: str = ""
    note: str = ""
    files: tuple[dict[str, Any], ...] = ()


def entries_of(task: Task) -> list[Entry]:
    """Of the task, of all its approvals and of what hangs on it, in the order in which they were written; one query."""
    approvals = Approval.objects.filter(subject=LABEL, subject_id=task.pk).values("pk")
    mine = Entry.objects.filter(
        target=LABEL, target_id=task.pk, verb__in=[f"{LABEL}.{v}" for v in (*SHOWN, *MARKS)]
    )
    theirs = Entry.objects.filter(target="approvals.approval", target_id__in=approvals, verb__in=DECISIONS)
    # A union, not an OR: that would read the whole journal, since no index serves both sides of it.
    found = mine.values("pk").union(
        *(rows.values("pk") for rows in (theirs, *entries_beside(task.pk))), all=True
    )
    rows = Entry.objects.filter(pk__in=found).order_by("pk")
    return list(rows.select_related("actor", "post__unit", "behalf__person"))


def last_of(task: Task) -> tuple[Line, int | None]:
    """What happened last, and which person did it."""
    last = [entry for entry in entries_of(task) if _told(entry)][-1]
    return _line(last), last.actor_id


def timeline(entries: Iterable[Entry], now: Line | None, ahead: Iterable[Ahead]) -> list[Line]:
    """Past, now, future."""
    steps = [
        Line("now" if one.now else "future", "" if one.empty else one.who, one.who if one.empty else one.step)
        for one in ahead
    ]
    past = [_line(entry) for entry in entries if _told(entry)]
    return [*past, *([now] if now else []), *steps]


def _told(entry: Entry) -> bool:
    return entry.verb.rpartition(".")[2] not in MARKS


def _line(entry: Entry) -> Line:
    words, data = entry.words or {}, entry.data
    opinion = words.get("opinion") or words.get("reason") or ""
    returned = data.get("do") == "return"
    return Line(
        "returned" if returned or entry.verb.endswith(".reopen") else "past",
        entry.actor.name if entry.actor else "系统",
        _does(entry),
        entry.at,
        entry.behalf.person.name if entry.behalf else "",
        opinion,
        seat(entry.post) if entry.post else "",
        _files(entry),
    )


def _files(entry: Entry) -> tuple[dict[str, Any], ...]:
    """What was enclosed with an opinion; a name is gone where the words were removed by law."""
    kept, names = entry.data.get("files", ()), (entry.words or {}).get("files", ())
    return tuple(
        {
            "url": Attachment(pk=one["attachment"]).url,
            "name": names[n] if names else "附件",
            "size": one["size"],
        }
        for n, one in enumerate(kept)
    )


def _does(entry: Entry) -> str:
    verb = entry.verb.rpartition(".")[2]
    if entry.verb in DECISIONS:
        back = "上一步" if entry.data.get("to") == "previous" else ""
        return SAID.get(entry.data.get("do", ""), "办理") + back
    if entry.target != LABEL:
        return does(entry)
    if verb == "submit":
        return f"提交第 {entry.data['version']} 版"
    if verb == "enter":
        on = day(dt.date.fromisoformat(entry.data["paper_on"]))
        return f"代录第 {entry.data['version']} 版（{on}来件），请联络员确认"
    if verb == "succeed" and "names" in entry.data:
        return "由{}移交{}接着办".format(*entry.data["names"])
    return SHOWN[verb] + _moved(entry.data.get("due_on"))


def _moved(days: list[str | None] | None) -> str:
    """，截止由 6月30日 改为 7月15日."""
    if not days:
        return ""
    old, new = (day(dt.date.fromisoformat(one)) if one else "未定" for one in days)
    return f"，截止由 {old} 改为 {new}"
