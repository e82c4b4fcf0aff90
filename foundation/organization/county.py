"""The first units of a new system: 英德市 with its towns and the usual member departments, and invented ones.

data/county.csv has the columns of an import; 机关代字 in it are proposals, to be checked by the office.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from django.db import transaction

from .actors import SYSTEM
from .audit import tell
from .models import Unit, UnitGroup
from .units import GROUP_OF, search_key

FILE = Path(__file__).parent / "data" / "county.csv"
GROUPS = (  # code, name, whether it takes in new units
    ("all_units", "各镇（街）及各有关部门和单位", True),
    ("towns", "各镇（街）", False),
    ("departments", "各有关部门和单位", False),
    ("members", "市安委会成员单位", False),
    ("regulators", "负有安全管理职责的监管部门", False),
    ("enterprises", "企事业单位", False),
    ("office", "市安委办", False),
)
KINDS = {label: code for code, label in Unit.Kind.choices}
FIRST, SECOND = "云青金玉松竹梅兰桂荷枫柳杏榆梧楠丹雁鹤鹭锦霞星禾", "溪河桥岭坪浦洲泉坡岗坝源田园谷屏渡林墟汀"


@transaction.atomic
def load_county(*, at: dt.datetime) -> list[Unit]:
    """Units and groups that are not there yet; a second run adds nothing. Returns all units of the county."""
    make_groups()
    rows = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
    _add([(_unit(row), row["范围"].split("、")) for row in rows], at)
    return list(Unit.objects.filter(code__in=[row["编码"] for row in rows]))


@transaction.atomic
def invent_units(count: int, *, at: dt.datetime) -> list[Unit]:
    """`count` more towns, the same ones every time; at most about 480."""
    taken = set(Unit.objects.values_list("short_name", flat=True))
    codes = set(Unit.objects.values_list("code", flat=True))
    names = (name for name in _names() if name not in taken)
    units = [_town(name, codes, 1000 + n) for n, name in zip(range(count), names, strict=False)]
    make_groups()
    _add([(unit, []) for unit in units], at)
    return units


def make_groups() -> None:
    rows = [UnitGroup(code=code, name=name, by_default=default) for code, name, default in GROUPS]
    UnitGroup.objects.bulk_create(rows, ignore_conflicts=True)


def _unit(row: dict[str, str]) -> Unit:
    return Unit(
        code=row["编码"], name=row["全称"], short_name=row["简称"], kind=KINDS[row["类别"]],
        order=int(row["排序"]), document_code=row["机关代字"], aliases=row["别名"].split("、"),
    )  # fmt: skip


def _names() -> Iterator[str]:
    """Neighbours differ in both characters, so that a list of them reads like a county."""
    pairs = sorted(product(range(len(FIRST)), range(len(SECOND))), key=lambda p: ((p[1] - p[0]) % 20, p))
    return (f"{FIRST[a]}{SECOND[b]}镇" for a, b in pairs)


def _town(name: str, codes: set[str], order: int) -> Unit:
    from pypinyin import lazy_pinyin  # as in services.initials

    stem = "".join(lazy_pinyin(name[:-1]))
    code = next(c for n in range(1, 100) if (c := stem if n == 1 else f"{stem}{n}") not in codes)
    codes.add(code)
    full = f"英德市{name}人民政府"
    return Unit(code=code, name=full, short_name=name, kind=Unit.Kind.TOWN, order=order)


def _add(wanted: list[tuple[Unit, list[str]]], at: dt.datetime) -> None:
    """Write those whose code is new, with their usual groups and the named ones."""
    known = set(Unit.objects.values_list("code", flat=True))
    fresh = [(unit, named) for unit, named in wanted if unit.code not in known]
    for unit, _ in fresh:
        unit.initials = search_key(unit)
    Unit.objects.bulk_create([unit for unit, _ in fresh])
    groups = list(UnitGroup.objects.all())
    Unit.groups.through.objects.bulk_create(
        Unit.groups.through(unit_id=unit.pk, unitgroup_id=group.pk)
        for unit, named in fresh
        for group in groups
        if _belongs(unit, group, named)
    )
    if fresh:
        tell("seed", actor=SYSTEM, at=at, data={"units": [unit.code for unit, _ in fresh]})


def _belongs(unit: Unit, group: UnitGroup, named: list[str]) -> bool:
    if group.by_default:
        return unit.kind != Unit.Kind.OFFICE
    return group.code == GROUP_OF[Unit.Kind(unit.kind)] or group.name in named
