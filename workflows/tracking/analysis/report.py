"""The measures as a workbook: steps, units, groups, items, reasons. Both mean and median, whatever the page shows."""

from __future__ import annotations

from collections.abc import Iterable

from documents import layout
from foundation.organization.models import Unit
from workflows.plans.models import Plan

from ..waiting import STEPS
from .asked import BY, OF
from .measures import Followings, Measures, Share, measure
from .table import Row, reason_rows, rows_by, step_cells, steps_of

STEP_LABELS = (
    "环节", "件次", "平均（工作日）", "中位数（工作日）", "最长（工作日）", "还在办（件）", "还在办的平均已停（工作日）",
)  # fmt: skip


def as_workbook(plan: Plan, units: Iterable[Unit], found: Followings) -> bytes:
    from documents.formats.workbook import render_workbook  # openpyxl is slow to import

    units = list(units)
    whole = measure(found.tasks, found.clock)
    tables = [_steps(whole, found)]
    tables += [_rows(label, rows_by(by, plan, units, found), whole) for by, label in BY.items()]
    return render_workbook(layout.Document(title=f"{plan.title}分析", blocks=(*tables, _reasons(found))))


def _steps(whole: Measures, found: Followings) -> layout.Table:
    rows = [
        (name, str(times.count), *(one.words for one in step_cells(times))) for name, times in steps_of(whole)
    ]
    return table(f"各环节用时 截至{found.clock.now:%Y-%m-%d %H:%M}", STEP_LABELS, rows)


def _rows(label: str, rows: list[Row], whole: Measures) -> layout.Table:
    spans = [f"{name}{how}（工作日）" for name in ("全程", *STEPS.values()) for how in OF.values()]
    labels = (
        label.removeprefix("按"), "任务", "按时", "应报", "按时率（%）", "一次通过", "有结论", "一次通过率（%）",
        "退回件次", *spans,
    )  # fmt: skip
    lines = [(row.name, *_line(row.measures)) for row in rows]
    return table(label, labels, [*lines, ("合计", *_line(whole))])


def _line(of: Measures) -> Iterable[str]:
    yield str(of.tasks)
    yield from _share(of.in_time)
    yield from _share(of.first)
    yield str(of.returns)
    for times in (of.whole, *(of.steps[step] for step in STEPS)):
        yield from (f"{one:.1f}" if one is not None else "" for one in (times.mean, times.median))


def _share(share: Share) -> Iterable[str]:
    yield str(share.part)
    yield str(share.whole)
    yield "" if share.value is None else f"{100 * share.value:.1f}"


def _reasons(found: Followings) -> layout.Table:
    rows = [(name, many.words, share.words) for name, many, share in reason_rows(found.reasons)]
    return table("退回原因", ("原因", "处数", "占比"), rows or [("没有退回", "0", "")])


def table(title: str, labels: Iterable[str], rows: Iterable[Iterable[str]]) -> layout.Table:
    columns = tuple(layout.Column(label) for label in labels)
    return layout.Table(columns=columns, rows=tuple(tuple(row) for row in rows), title=title)
