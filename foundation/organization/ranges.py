"""单位范围: units by what they are, or by a group that plans name; one code for both, in an address."""

from __future__ import annotations

from django.db.models import Q

from .models import Unit, UnitGroup

KINDS = {
    "towns": ("镇（街）", (Unit.Kind.TOWN, Unit.Kind.SUBDISTRICT)),
    "departments": ("部门", (Unit.Kind.DEPARTMENT,)),
    "enterprises": ("企事业单位", (Unit.Kind.ENTERPRISE,)),
}
GROUP = "group-"  # before the code of a group


def ranges() -> list[tuple[str, str]]:
    """(code, name) of all there are: kinds of units first. One query."""
    groups = UnitGroup.objects.order_by("pk").values_list("code", "name")
    return [(code, name) for code, (name, _) in KINDS.items()] + [(f"{GROUP}{c}", name) for c, name in groups]


def in_range(code: str, unit: str = "") -> Q:
    """Condition on rows whose unit lies at `unit` ("unit__"), or on units themselves; none for an unknown code."""
    if code in KINDS:
        return Q(**{f"{unit}kind__in": KINDS[code][1]})
    return Q(**{f"{unit}groups__code": code.removeprefix(GROUP)}) if code.startswith(GROUP) else Q(pk__in=())
