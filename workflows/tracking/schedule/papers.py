"""附件3 of a month as a landscape table: PDF and workbook, of exactly what the page lists."""

from __future__ import annotations

from documents import layout
from documents.layout import drawable
from foundation.organization.templatetags.components import day as said

from .asked import Asked
from .page import Shown

COLUMNS = (
    layout.Column(label="序号", width=10, align="center"),
    layout.Column(label="日期", width=30),
    layout.Column(label="时段", width=24),
    layout.Column(label="活动或节目"),
    layout.Column(label="责任单位", width=28),
    layout.Column(label="形式", width=18),
    layout.Column(label="地点或栏目", width=28),
    layout.Column(label="素材截止", width=19),
    layout.Column(label="情况", width=30),
)


def title_of(asked: Asked) -> str:
    return f"{asked.plan.title}安排表（{asked.month.year}年{asked.month.month}月）"


def table_of(asked: Asked) -> layout.Table:
    rows = tuple(_row(n, row) for n, row in enumerate(asked.there, 1))
    return layout.Table(
        columns=COLUMNS, rows=rows, title=title_of(asked), landscape=True, unit=f"共{len(rows)}项",
        facts="只列有冲突的" if asked.only else "附件3", note="注：由各单位负责人审批通过的安排表自动汇总。",
    )  # fmt: skip


def _row(number: int, row: Shown) -> tuple[str, ...]:
    """Typed words may hold what no font has."""
    slot = row.line.slot
    stands = "；".join(row.troubles) or (row.aired.says if row.aired else "")
    cells = (
        str(number), f"{said(slot.on)} {row.weekday}", slot.time, slot.title, row.line.unit.short_name, slot.form,
        slot.place, said(slot.material) if slot.material else "", stands,
    )  # fmt: skip
    return tuple(drawable(cell) or "—" for cell in cells)


def as_pdf(asked: Asked) -> bytes:
    return layout.render_table(table_of(asked))


def as_workbook(asked: Asked) -> bytes:
    from documents.formats.workbook import render_workbook  # openpyxl is slow to import

    return render_workbook(layout.Document(title=title_of(asked), blocks=(table_of(asked),)))
