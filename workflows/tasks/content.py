"""What a submission holds: one canonical value, its digest, its parts. Pure.

{"summary", "highlights", "records": [{"id", "held_on", "form", "place", "sessions", "people", "text"}],
"statistics": {"form", "cutoff", "rows", "notes", "drafted", "kept" where registers hold anything}, "schedule": [{…}], "cases": [{"kind", "title", "decided_on",
"recommendation"} of cases that were recommended, {"kind", "title", "decided_on", "text"} as typed], "cases_note",
"attachments": [{"id", "name", "sha256", "size", "slot"}]}; parts that the item does not ask for are absent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from foundation.journal.chain import canonical
from workflows.cases.kinds import CaseKind
from workflows.plans.deliverables import Deliverable as D

from . import statistics
from .annexes import Schedule, Statistics
from .problems import Problem
from .requirement import Requirement
from .statistics import Held, kept_in

Content = dict[str, Any]
LONGEST = 5000  # characters of a summary
CASE_KINDS = dict(CaseKind.choices)


@dataclass(frozen=True)
class Forms:
    """The annexes in force for this task, what its figures are held against, the days of the campaign, and the last
    day up to which figures can count: that on which they are due, or today where that is over."""

    statistics: Statistics
    schedule: Schedule
    held: Held = field(default_factory=Held)
    window: tuple[dt.date | None, dt.date | None] = (None, None)
    until: dt.date | None = None


@dataclass(frozen=True)
class Given:
    """What there is when somebody presses 提交审批: the draft as typed; records, files, recommended cases as stored."""

    draft: Mapping[str, Any] = field(default_factory=dict)
    records: Iterable[Mapping[str, Any]] = ()
    attachments: Iterable[Mapping[str, Any]] = ()
    recommended: Iterable[Mapping[str, Any]] = ()


def compose(asked: Requirement, forms: Forms, given: Given) -> tuple[Content, list[Problem]]:
    """The content and everything that is wrong with it; numbers and dates that can't be read are problems."""
    draft, problems = given.draft, list[Problem]()
    content: Content = {"summary": _text(draft, "summary"), "highlights": _text(draft, "highlights")}
    if D.RECORDS in asked.parts:
        content["records"] = [dict(one) for one in given.records]
        problems += _unfinished(draft)
    if D.STATISTICS in asked.parts:
        content["statistics"], wrong = statistics.read(forms.statistics, draft.get("statistics") or {})
        content["statistics"] |= {"drafted": forms.held.drafted} | _kept(forms.held)
        problems += wrong
    if D.SCHEDULE in asked.parts:
        content["schedule"] = _rows(draft, "schedule")
    if D.CASES in asked.parts:
        content["cases"] = [*(dict(one) for one in given.recommended), *_rows(draft, "cases")]
        content["cases_note"] = _text(draft, "cases_note")
    content["attachments"] = [dict(one) for one in given.attachments]
    unread = {
        one.part for one in problems
    }  # a number that can't be read counts as 0, and is held against nothing
    return content, problems + [one for one in check(asked, forms, content) if one.part not in unread]


def _kept(held: Held) -> dict[str, Any]:
    return {"kept": {code: kept_in(held.kept, code) for code in held.kept}} if held.kept else {}


def check(asked: Requirement, forms: Forms, content: Content) -> list[Problem]:
    """What is missing or can't be, in the order of the form."""
    return [
        *_check_texts(asked, content),
        *_check_records(asked, content),
        *_check_statistics(asked, forms, content),
        *_check_schedule(asked, forms, content),
        *_check_cases(asked, content),
        *_check_files(asked, content),
    ]


def digest_of(content: Content) -> str:
    """SHA-256 of the canonical content: what the approvals sign."""
    return sha256(canonical(content).encode()).hexdigest()


def _text(draft: Mapping[str, Any], key: str) -> str:
    return str(draft.get(key) or "").replace("\r\n", "\n").strip()


def _rows(draft: Mapping[str, Any], key: str) -> list[dict[str, str]]:
    """Rows of a table as typed; rows without a word are dropped."""
    rows = draft.get(key) or []
    cleaned = [{name: str(value).strip() for name, value in row.items()} for row in rows]
    return [row for row in cleaned if any(row.values())]


def _check_texts(asked: Requirement, content: Content) -> Iterable[Problem]:
    if asked.needs_summary and not content["summary"]:
        yield Problem("summary", "请填写工作小结。")
    for key, name in (("summary", "工作小结"), ("highlights", "特色亮点")):
        if len(content[key]) > LONGEST:
            yield Problem(
                key, f"{name}有 {len(content[key])} 字，不能超过 {LONGEST} 字，请删减或作为附件上传。"
            )


def _check_records(asked: Requirement, content: Content) -> Iterable[Problem]:
    if D.RECORDS in asked.parts and not content["records"]:
        yield Problem("records", "请至少登记一条活动记录；没有开展的，请写明原因申请免报。")


def begun(record: Mapping[str, Any]) -> bool:
    """An activity record was written and not yet added."""
    return any(str(record.get(name) or "").strip() for name in ("held_on", "place", "text"))


def _unfinished(draft: Mapping[str, Any]) -> Iterable[Problem]:
    if begun(draft.get("record") or {}):
        yield Problem("record", "有一条活动记录写了还没有添加，请先按“添加记录”，或按“清空”。")


def _check_statistics(asked: Requirement, forms: Forms, content: Content) -> list[Problem]:
    if D.STATISTICS not in asked.parts:
        return []
    filled = content["statistics"]
    return [
        *_check_cutoff(filled["cutoff"], forms),
        *statistics.check(forms.statistics, filled["rows"], filled["notes"], forms.held),
    ]


def _check_cutoff(cutoff: str, forms: Forms) -> Iterable[Problem]:
    """A year that was mistyped would keep the unit out of every consolidation, and nobody would see why."""
    start, until = forms.window[0], forms.until
    if start and is_date(cutoff) and dt.date.fromisoformat(cutoff) < start:
        yield Problem("statistics:cutoff", f"统计截至 {cutoff} 早于活动开始的 {start}，请核对。")
    if until and is_date(cutoff) and dt.date.fromisoformat(cutoff) > until:
        yield Problem("statistics:cutoff", f"统计截至 {cutoff} 还没有到，最晚填 {until}，请核对。")


def _check_schedule(asked: Requirement, forms: Forms, content: Content) -> Iterable[Problem]:
    if D.SCHEDULE not in asked.parts:
        return
    if not content["schedule"]:
        yield Problem("schedule", "请在安排表中至少填写一行。")
    for number, row in enumerate(content["schedule"], 1):
        for key, says in (*_unread(row, forms), *_out_of_time(row, forms)):
            yield Problem(f"schedule:{number}", f"安排表第 {number} 行{says}", key)


def _unread(row: Mapping[str, str], forms: Forms) -> Iterable[tuple[str, str]]:
    """Of a row: (the cell, what is wrong with it)."""
    for column in forms.schedule.columns:
        value = row.get(column.key, "")
        if column.required and not value:
            yield column.key, f"缺少{column.name}。"
        elif value and column.kind == "date" and not is_date(value):
            yield column.key, f"的{column.name}“{value}”不是日期，请按 2026-06-30 填写。"


def _out_of_time(row: Mapping[str, str], forms: Forms) -> Iterable[tuple[str, str]]:
    """Of days that can be read: within the campaign, the material before the day it is shown on."""
    on, material = row.get("date", ""), row.get("material", "")
    if not is_date(on):
        return
    day, (start, end) = dt.date.fromisoformat(on), forms.window
    if (start and day < start) or (end and day > end):
        yield "date", f"的日期 {on} 不在活动期间（{start or '即日'} 至 {end or '不限'}），请核对。"
    if is_date(material) and dt.date.fromisoformat(material) >= day:
        yield "material", f"的素材提交截止 {material} 不早于播出日期 {on}，请改早。"


def _check_cases(asked: Requirement, content: Content) -> Iterable[Problem]:
    if D.CASES not in asked.parts:
        return
    for number, row in enumerate(typed_cases(content), 1):
        if row.get("kind") not in CASE_KINDS:
            yield Problem(f"case:{number}", f"第 {number} 个案例请选择类型。", "kind")
        if not row.get("title"):
            yield Problem(f"case:{number}", f"第 {number} 个案例请填写名称。", "title")
    counts = {kind: sum(row.get("kind") == kind for row in content["cases"]) for kind in CASE_KINDS}
    met = any(counts.get(kind, 0) >= least for kind, least in asked.quota.alternatives)
    if not content["cases_note"] and not (met or (content["cases"] and not asked.quota.alternatives)):
        yield Problem("cases", f"{_quota_says(asked)}尚未达到的，请在说明栏写明原因（零报告也要写明）。")


def typed_cases(content: Content) -> list[dict[str, str]]:
    """Cases that are decided in another system, and not recommended in this one."""
    return [row for row in content.get("cases", []) if "recommendation" not in row]


def _quota_says(asked: Requirement) -> str:
    ways = [f"{least} 个{CASE_KINDS.get(kind, kind)}案例" for kind, least in asked.quota.alternatives]
    return f"应推荐{'或 '.join(ways)}。" if ways else "还没有推荐案例。"


def _check_files(asked: Requirement, content: Content) -> Iterable[Problem]:
    for slot in asked.slots:
        there = sum(one["slot"] == slot.code for one in content["attachments"])
        if there < slot.least:
            has = f"现有 {there} 个，还差 {slot.least - there} 个" if there else "还没有上传"
            yield Problem(f"slot:{slot.code}", f"{slot.name}至少 {slot.least} 个，{has}。")


def is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
