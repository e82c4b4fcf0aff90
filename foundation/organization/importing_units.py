"""A row of the spreadsheet of units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .forms import SEPARATORS, UnitForm
from .imports import ADDED, CHANGED, SAME, Kind, Run
from .models import Unit, UnitGroup
from .refusals import Refused
from .tables import Row
from .units import save_unit, usual_groups

COLUMNS = ("编码", "全称", "简称", "类别", "排序", "机关代字", "上级编码", "范围", "别名")
KINDS = {label: code for code, label in Unit.Kind.choices}


def act(run: Run, row: Row) -> str:
    cells = row.cells
    unit = Unit.objects.filter(code=cells["编码"]).first()
    form = UnitForm(_data(cells, unit), instance=unit)
    if not form.is_valid():
        raise Refused(sentence(form))
    groups = form.cleaned_data["groups"]
    _, changed = save_unit(unit=unit, values=form.values(), groups=groups, actor=run.actor, at=run.at)
    return (CHANGED if unit else ADDED) if changed else SAME


def _data(cells: dict[str, str], unit: Unit | None) -> dict[str, Any]:
    if cells["类别"] not in KINDS:
        raise Refused(f"类别“{cells['类别']}”不认识，可填：{'、'.join(KINDS)}。")
    kind = KINDS[cells["类别"]]
    return {
        "code": cells["编码"],
        "name": cells["全称"],
        "short_name": cells["简称"],
        "aliases": cells["别名"],
        "kind": kind,
        "order": cells["排序"] or 0,
        "document_code": cells["机关代字"],
        "parent": _parent(cells["上级编码"]),
        "groups": _groups(cells["范围"], kind, unit),
    }


def _parent(code: str) -> int | None:
    if not code:
        return None
    pk = Unit.objects.filter(code=code).values_list("pk", flat=True).first()
    if pk is None:
        raise Refused(f"上级编码“{code}”没有这个单位。下级要排在上级之后。")
    return pk


def _groups(cell: str, kind: str, unit: Unit | None) -> list[int]:
    """Empty: the usual groups for a new unit, unchanged for another. Named ones come to the usual ones."""
    names = [name.strip() for name in SEPARATORS.split(cell) if name.strip()]
    if not names and unit:
        return list(unit.groups.values_list("pk", flat=True))
    named = dict(UnitGroup.objects.filter(name__in=names).values_list("name", "pk"))
    if unknown := [name for name in names if name not in named]:
        known = "、".join(UnitGroup.objects.values_list("name", flat=True))
        raise Refused(f"范围“{unknown[0]}”不认识，可填：{known}。")
    return sorted({*named.values(), *(group.pk for group in usual_groups(kind))})


def sentence(form: Any) -> str:
    """All that is wrong with a form, as one sentence."""
    fields = form.errors.items()
    return "；".join(f"{form.fields[name].label}：{' '.join(errors)}" for name, errors in fields)


def current() -> Iterator[tuple[Any, ...]]:
    """The units there are, in the columns of an import."""
    for unit in Unit.objects.select_related("parent").prefetch_related("groups"):
        groups = "、".join(group.name for group in unit.groups.all())
        parent = unit.parent.code if unit.parent else ""
        yield (
            unit.code, unit.name, unit.short_name, unit.get_kind_display(), unit.order, unit.document_code,
            parent, groups, "、".join(unit.aliases),
        )  # fmt: skip


UNITS = Kind("units", "单位", COLUMNS, ("编码", "全称", "简称", "类别"), "简称", act, ("编码",))
