"""What the words of a cell may name today: units, items of the plans. Two queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from foundation.organization.models import Unit
from workflows.plans.models import Item
from workflows.plans.permissions import IN_FORCE

from .kind import Kind
from .values import Known, names_of


@dataclass(frozen=True)
class Named(Known):
    """With what a form offers. An item is known by its number: of two plans in force the later one says its title.
    `ended`: units that are offered only where they stand already."""

    ids: dict[str, int] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)


def known_for(kind: Kind, today: dt.date) -> Named:
    units = list(Unit.objects.select_related("successor")) if _asks(kind, "unit") else []
    titles = _items() if _asks(kind, "item") else {}
    return Named(
        _called(units), frozenset(titles), today, {unit.code: unit.pk for unit in units},
        {unit.code: unit.short_name for unit in units if unit.ended_on is None},
        {unit.code: unit.short_name for unit in units if unit.ended_on is not None}, titles,
    )  # fmt: skip


def short_names(codes: Iterable[str]) -> dict[str, str]:
    """Of units, by their codes, for a page."""
    wanted = set(codes)
    return dict(Unit.objects.filter(code__in=wanted).values_list("code", "short_name")) if wanted else {}


def _asks(kind: Kind, type_: str) -> bool:
    return any(column.type == type_ for column in kind.columns)


def _called(units: list[Unit]) -> dict[str, str]:
    """Who says the name of a unit that was merged means its successor, unless somebody else is called so now. A code
    stays that of its unit: it is what a row holds."""
    here = names_of([(unit.code, _names(unit)) for unit in units if unit.ended_on is None])
    gone = [unit for unit in units if unit.ended_on is not None]
    merged = names_of([((unit.successor or unit).code, _names(unit)) for unit in gone])
    return merged | names_of([(unit.code, []) for unit in gone]) | here


def _names(unit: Unit) -> list[str]:
    return [unit.name, unit.short_name, *unit.aliases]


def _items() -> dict[str, str]:
    rows = Item.objects.filter(plan__state__in=IN_FORCE).exclude(number="").order_by("plan", "order")
    return dict(rows.values_list("number", "title"))
