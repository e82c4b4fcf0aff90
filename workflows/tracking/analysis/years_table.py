"""同比 as tables: the whole, and rows of units or items by one measure; as a workbook with every measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from documents import layout

from ..waiting import STEPS
from .comparing import MEASURES, Line, change
from .measures import Measures, measure
from .numbers import Number, count, days
from .report import table
from .years import BY, Compared, Pair


def whole_rows(found: Compared) -> list[tuple[str, Number, Number, str]]:
    """Of all tasks: name, earlier, later, the difference in words."""
    old, new = (measure(one.tasks, one.clock) for one in (found.old, found.new))
    rows = [("count", "任务件数", count("", old.tasks), count("", new.tasks))]
    rows += [(code, name, read(old), read(new)) for code, (name, read) in MEASURES.items()]
    rows.append(("count", "办公室退回件次", count("", old.returns), count("", new.returns)))
    rows += [
        ("step", f"{name}（工作日）", _step(old, step), _step(new, step)) for step, name in STEPS.items()
    ]
    return [(name, a, b, change(code, a, b)) for code, name, a, b in rows]


def _step(of: Measures, step: str) -> Number:
    return days("", of.steps[step].mean)


def rows_of(lines: list[Line], code: str) -> list[dict[str, Any]]:
    read = MEASURES[code][1]
    return [
        {
            "name": line.name, "note": line.note, "tasks": (line.old.tasks, line.new.tasks),
            "old": read(line.old), "new": read(line.new), "change": change(code, read(line.old), read(line.new)),
        }
        for line in lines
    ]  # fmt: skip


def as_workbook(pair: Pair, found: Compared) -> bytes:
    from documents.formats.workbook import render_workbook  # openpyxl is slow to import

    old, new = pair.label(pair.old), pair.label(pair.new)
    until = f"{old}截至{found.old.clock.now:%Y-%m-%d}，{new}截至{found.new.clock.now:%Y-%m-%d}"
    rows = [(name, a.words, b.words, words) for name, a, b, words in whole_rows(found)]
    whole = table(f"总体 {until}", ("指标", old, new, "变化"), rows)
    lines = {"units": found.units, "items": found.items}
    tables = [_table(label, lines[by], old, new) for by, label in BY.items()]
    return render_workbook(layout.Document(title=f"{new}与{old}同比", blocks=(whole, *tables)))


def _table(label: str, lines: list[Line], old: str, new: str) -> layout.Table:
    names = [f"{name} {part}" for name, _ in MEASURES.values() for part in (old, new, "变化")]
    labels = (label.removeprefix("按"), "说明", f"任务 {old}", f"任务 {new}", *names)
    return table(label, labels, [tuple(_cells(line)) for line in lines])


def _cells(line: Line) -> Iterator[str]:
    yield from (line.name, line.note, str(line.old.tasks), str(line.new.tasks))
    for code, (_, read) in MEASURES.items():
        old, new = read(line.old), read(line.new)
        yield from (old.words, new.words, change(code, old, new))
