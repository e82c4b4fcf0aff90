"""Changes to units. A unit is never deleted, and its code is never given again; how one ends: ending.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from .actors import SYSTEM, Actor
from .audit import difference, tell, values_of
from .codes import refuse_code
from .models import Unit, UnitGroup
from .refusals import Refused
from .services import initials, one_at_a_time

KEPT = (
    "code", "name", "short_name", "aliases", "kind", "parent_id", "order", "document_code",
)  # fmt: skip
GROUP_OF = {  # the group a unit of this kind belongs to beside those that take in every unit
    Unit.Kind.OFFICE: "office",
    Unit.Kind.TOWN: "towns",
    Unit.Kind.SUBDISTRICT: "towns",
    Unit.Kind.DEPARTMENT: "departments",
    Unit.Kind.ENTERPRISE: "enterprises",
}


def usual_groups(kind: str) -> list[UnitGroup]:
    """Where a new unit of this kind belongs when nobody says otherwise."""
    own = list(UnitGroup.objects.filter(code=GROUP_OF[Unit.Kind(kind)]))
    joined = kind != Unit.Kind.OFFICE  # the office hands tasks out; 各有关单位 does not mean itself
    return own + (list(UnitGroup.objects.filter(by_default=True)) if joined else [])


def search_key(unit: Unit) -> str:
    return f"{initials(unit.short_name)} {initials(unit.name)} {unit.code}"[:91]


@transaction.atomic
def save_unit(
    *, unit: Unit | None, values: Mapping[str, Any], groups: Iterable[UnitGroup] | None = None,
    at: dt.datetime, actor: Actor = SYSTEM,
) -> tuple[Unit, bool]:  # fmt: skip
    """Add a unit (None) or change one; (the unit, whether anything is different).

    `groups` None: the usual ones for a new unit, unchanged for another.
    """
    one_at_a_time()
    row = Unit() if unit is None else Unit.objects.select_for_update().get(pk=unit.pk)
    if row.ended_on:
        raise Refused(f"{row.short_name}已于{row.ended_on}撤销，不再修改。")
    values = _old_name_kept(row, values)
    before = values_of(row, KEPT) | {"groups": _codes(row)}
    for name, value in values.items():
        setattr(row, name, value)
    _check(row)
    if groups is None and unit is None:
        groups = usual_groups(row.kind)
    after = values_of(row, KEPT) | {"groups": before["groups"]}
    if groups is not None:
        groups = list(groups)
        after["groups"] = sorted(group.code for group in groups)
    changed = difference(before, after)
    if not changed and unit:
        return row, False
    row.initials = search_key(row)
    row.save()
    if "groups" in changed and groups is not None:
        row.groups.set(groups)
    verb = "unit.change" if unit else "unit.add"
    tell(verb, actor=actor, at=at, data={"unit": row.pk, "code": row.code, "changed": changed})
    return row, True


def _old_name_kept(row: Unit, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """A unit that is renamed stays findable, and is read in plans, by what it was called."""
    old = [
        getattr(row, name)
        for name in ("name", "short_name")
        if row.pk and name in values and values[name] != getattr(row, name)
    ]
    if not old:
        return values
    names = dict.fromkeys([*values.get("aliases", row.aliases), *old])
    return {
        **values,
        "aliases": [one for one in names if one not in (values.get("name"), values.get("short_name"))],
    }


def _codes(unit: Unit) -> list[str]:
    return sorted(unit.groups.values_list("code", flat=True)) if unit.pk else []


def _check(unit: Unit) -> None:
    refuse_code(unit.document_code)
    others = Unit.objects.exclude(pk=unit.pk)
    if others.filter(code=unit.code).exists():
        raise Refused(f"编码“{unit.code}”已有单位使用，请换一个。")
    if others.filter(name=unit.name).exists():
        raise Refused(f"全称“{unit.name}”已有单位使用，请核对。")
    if others.filter(short_name=unit.short_name, ended_on=None).exists() and not unit.ended_on:
        raise Refused(f"简称“{unit.short_name}”已有单位使用，请换一个。")
    if unit.pk and unit.pk in _above(unit):
        raise Refused("单位不能隶属于自己或自己的下级。")


def _above(unit: Unit) -> list[int]:
    """The units over this one, nearest first; ends where it meets one twice."""
    parents = dict(Unit.objects.exclude(pk=unit.pk).values_list("pk", "parent_id"))
    found: list[int] = []
    one = unit.parent_id
    while one and one not in found:
        found.append(one)
        one = parents.get(one)
    return found
