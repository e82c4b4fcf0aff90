"""The spreadsheet of a batch: one column names the unit, the others are the table that each unit gets of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from foundation.organization.models import Unit
from foundation.organization.refusals import Refused
from foundation.organization.tables import read_any

NAMED = ("单位", "单位名称", "单位代码", "单位编码")
MOST_ROWS, MOST_COLUMNS = 20_000, 20
TOLD = 10  # wrong rows at once


@dataclass(frozen=True)
class UnitTable:
    columns: tuple[str, ...] = ()
    rows: dict[int, list[list[str]]] = field(default_factory=dict)  # unit id → its rows


def read_unit_table(content: bytes, units: Iterable[Unit]) -> UnitTable:
    """Refused with every row that is wrong, up to ten: nothing is taken of a table that has one."""
    head, rows = read_any(content, most=MOST_ROWS)
    column = next((name for name in NAMED if name in head), None)
    if column is None:
        raise Refused("第一行要有“单位”一列，填单位的名称或编码；其余各列就是附表的栏目。")
    columns = tuple(name for name in head if name and name != column)
    if not columns or len(columns) > MOST_COLUMNS:
        raise Refused(f"除“{column}”以外还要有 1 到 {MOST_COLUMNS} 列内容，现在有 {len(columns)} 列。")
    if len(set(columns)) < len(columns):
        raise Refused("第一行有重名的列，请改成不同的名称。")
    known, found, wrong = _known(units), defaultdict(list), []
    for row in rows:
        name = row.cells.get(column, "")
        if unit := known.get(name):
            found[unit].append([row.cells.get(label, "") for label in columns])
        else:
            wrong.append(f"第 {row.number} 行：" + (f"没有“{name[:30]}”这个单位" if name else "没有填单位"))
    if wrong:
        more = f"，另有 {len(wrong) - TOLD} 行" if len(wrong) > TOLD else ""
        raise Refused(
            "；".join(wrong[:TOLD]) + more + "。请填单位的全称、简称、别名或编码，改好后重新选择文件。"
        )
    return UnitTable(columns, dict(found))


def _known(units: Iterable[Unit]) -> dict[str, int]:
    """By every name that means one unit and no other."""
    named: dict[str, set[int]] = defaultdict(set)
    for unit in units:
        for name in (unit.code, unit.name, unit.short_name, *unit.aliases):
            named[name].add(unit.pk)
    return {name: next(iter(pks)) for name, pks in named.items() if len(pks) == 1}
