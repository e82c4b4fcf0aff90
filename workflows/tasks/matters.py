"""What a signer is shown of a task: the version or the waiver as it would be signed, and what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from approvals.subjects import Matter
from foundation.files.models import Attachment

from .annexes import Cell, Row, schedule_on, statistics_on
from .asked import context_of
from .content import CASE_KINDS, Content
from .diff import diff, file_counts
from .gathering import form_day
from .models import Submission, Task, Waiver
from .parts import labels_of
from .requirement import SLOT_NAMES

TEMPLATE = "tasks/_matter.html"
KNOWN = {"drafted": "活动记录合计", "kept": "登记册"}  # of 附件2: where else a number is known from


def matter(pk: int, digest: str, seen: str) -> Matter:
    """The version or waiver of that digest: an approval of long ago still shows what was signed then.

    It is compared with the version of `seen`, which the one who looks decided on, else with the one before it.
    """
    task = Task.objects.select_related("item", "unit", "period").get(pk=pk)
    url = reverse("task", args=[pk])
    waiver = Waiver.objects.filter(task=task, digest=digest).select_related("author__person").last()
    if waiver:
        return Matter(TEMPLATE, {"task": task, "waiver": waiver, "signing": True, **context_of(task)}, url)
    versions = Submission.objects.filter(task=task).select_related("author__person").order_by("version")
    signed = versions.filter(digest=digest).last()
    if signed is None:
        raise LookupError(f"no submission of task {pk} has the digest {digest}")
    earlier = versions.filter(version__lt=signed.version)
    mine = earlier.filter(digest=seen).last() if seen else None
    shown = shown_of(task, signed, mine or earlier.last())
    context = {"task": task, **shown, "decided_on": mine, "signing": True, **context_of(task)}
    return Matter(TEMPLATE, context, url, list(labels_of(signed.content).items()))


def shown_of(task: Task, version: Submission, before: Submission | None) -> dict[str, Any]:
    """One version for a page, with the difference to an earlier one."""
    content = version.content
    changes = diff(before.content, content) if before else []
    marked = {change.part: change for change in changes}
    return {
        "version": version,
        "before": before,
        "changes": changes,
        "counts": file_counts(before.content, content) if before else [],
        "content": content,
        "marked": marked,
        "summary_ops": _ops(marked, "summary", content["summary"]),
        "highlights_ops": _ops(marked, "highlights", content["highlights"]),
        "records": content.get("records", []),
        "statistics": _statistics(content),
        "schedule": _schedule(content, form_day(task)),
        "cases": [
            one | {"kind_name": CASE_KINDS.get(one.get("kind", ""), "")} for one in content.get("cases", [])
        ],
        "files": _files(content, marked),
    }


def _ops(marked: dict, part: str, text: str) -> list[tuple[str, str]]:
    return marked[part].ops if part in marked else [("equal", text)] if text else []


def _statistics(content: Content) -> dict[str, Any] | None:
    """Rows that say something; a form of zeros is said in one sentence by the template."""
    filled = content.get("statistics")
    if not filled:
        return None
    form = statistics_on(dt.date.fromisoformat(filled["form"]))
    rows = [
        {"row": row, "cells": list(_cells(row, filled)), "note": filled["notes"].get(row.code, "")}
        for row in form.rows
    ]
    said = [row for row in rows if row["note"] or any(number for _, number, _ in row["cells"])]
    return {"form": form, "cutoff": filled["cutoff"], "rows": said, "silent": len(rows) - len(said)}


def _cells(row: Row, filled: Content) -> Iterator[tuple[Cell, int, str]]:
    """Each with its number, and what else was known where that was another one."""
    numbers = filled["rows"].get(row.code, {})
    known = {name: filled.get(part, {}).get(row.code, {}) for part, name in KNOWN.items()}
    for cell in row.cells:
        number = numbers.get(cell.key, 0)
        others = [
            f"{name} {told[cell.key]}" for name, told in known.items() if told.get(cell.key, number) != number
        ]
        yield cell, number, "，".join(others)


def _schedule(content: Content, day: dt.date) -> dict[str, Any] | None:
    rows = content.get("schedule")
    if not rows:
        return None
    columns = schedule_on(day).columns
    return {
        "columns": columns,
        "rows": [[(column.name, row.get(column.key, "")) for column in columns] for row in rows],
    }


def _files(content: Content, marked: dict) -> list[dict[str, Any]]:
    return [
        {
            "url": Attachment(pk=one["id"]).url,
            "name": one["name"],
            "size": one["size"],
            "note": SLOT_NAMES.get(one["slot"], ""),
            "tag": "有变化" if f"attachment:{one['id']}" in marked else "",
        }
        for one in content["attachments"]
    ]
