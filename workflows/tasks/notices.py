"""What stands above the form: why the task came back, item by item, with links to where it is put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from approvals.forms import told
from foundation.journal.models import Entry

from .content import Content
from .models import Remark, Submission, Task
from .parts import labels_of
from .querysets import IN_WORK

BACK = {
    "approvals.approval.send_back": "退回",
    "approvals.approval.reject": "不同意",
    "tasks.task.reopen": "重开",
}


@dataclass(frozen=True)
class Returned:
    """`items`: (label, address on the page, what is wrong)."""

    title: str
    opinion: str
    items: list[tuple[str, str, str]]


def returned(task: Task, entries: Iterable[Entry]) -> Returned | None:
    """The last return that no later submission answered; a submission that was withdrawn answers nothing."""
    entry = _last_return(list(entries)) if task.state in IN_WORK else None
    if entry is None:
        return None
    remarks = list(Remark.objects.filter(submission__task=task, at=entry.at).select_related("submission"))
    items = _items(remarks)
    who = entry.actor.name if entry.actor else "系统"
    count = f" {len(items)} 处，请补正；其余已通过，不能再改，可以补充新的内容" if items else "，请补正"
    words = entry.words or {}
    said = words.get("opinion") or words.get("reason") or ""
    listed = ("；".join(f"{label}：{says}" for label, _, says in items), *(says for _, _, says in items))
    return Returned(f"{who} {BACK[entry.verb]}{count}", "" if said.rstrip("。") in listed else said, items)


def anchor(part: str, content: Content) -> str:
    """Where on the task page a part is put right."""
    kind, _, key = part.partition(":")
    if kind == "attachment":
        slot = next((one["slot"] for one in content["attachments"] if str(one["id"]) == key), "")
        return f"#id_files-{slot}"
    if kind in ("summary", "highlights", "cases_note"):
        return f"#id_{kind}"
    return f"#{kind}-{key}" if kind in ("record", "statistics") else f"#{kind}"


def _items(remarks: list[Remark]) -> list[tuple[str, str, str]]:
    if not remarks:
        return []
    content = remarks[0].submission.content
    labels = labels_of(content)
    return [
        (labels.get(one.part, one.part), anchor(one.part, content), told(one.reason, one.text))
        for one in remarks
    ]


def _last_return(entries: list[Entry]) -> Entry | None:
    taken_back = 0
    for entry in reversed(entries):
        if entry.verb in BACK:
            return entry
        if entry.verb == "tasks.task.withdraw":
            taken_back += 1
        elif entry.verb in ("tasks.task.submit", "tasks.task.enter", "tasks.task.ask_waiver"):
            if not taken_back:
                return None
            taken_back -= 1
    return None


def last_version(task: Task) -> Submission | None:
    return Submission.objects.filter(task=task, version=task.version).first() if task.version else None
