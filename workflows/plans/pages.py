"""What the page of a draft shows: the text with its marks at left, at right what was made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from foundation.organization.models import UnitGroup

from .deliverables import Deliverable
from .editing import removals
from .marks import Marked
from .models import Duty, Item, Plan
from .problems import blockers, cautions, unknown_phrases
from .services import items_of

NAMES = 5  # units written out before 等 n 家
BOUNDS = {"min": "≥ ", "max": "≤ ", "about": "约 ", "exact": ""}


@dataclass(frozen=True)
class Row:
    """One line of the table of items."""

    item: Item
    who: list[tuple[str, str]]  # names in one string, role
    unknown: list[str]
    inferred: bool  # the plan names no date for it
    amounts: list[str]
    papers: str
    refs: list[int]


def rows_of(items: Iterable[Item], marked: Marked | None = None) -> list[Row]:
    """`items` from services.items_of."""
    living = Count("units", filter=Q(units__ended_on=None))  # whom a dispatch gives tasks
    sizes = dict(UnitGroup.objects.annotate(size=living).values_list("pk", "size"))
    return [
        Row(
            item, _who(item, sizes), unknown_phrases(item), _inferred(item), _amounts(item), papers(item),
            marked.refs(item.reading, item.source) if marked and item.source else [],
        )
        for item in items
    ]  # fmt: skip


def draft_page(plan: Plan) -> dict[str, Any]:
    items = list(items_of(plan))
    marked = Marked(plan.text, plan.reading, [item.source for item in items if item.source])
    rows = rows_of(items, marked)
    unread = [{**one, "number": marked.number_at(one["source"])} for one in plan.reading.get("unread", [])]
    return {
        "plan": plan,
        "text": list(marked.paragraphs()),
        "activities": [row for row in rows if row.item.kind == Item.Kind.ACTIVITY],
        "duties": [row for row in rows if row.item.kind != Item.Kind.ACTIVITY],
        "items": items,
        "checked": sum(item.checked for item in items),
        "next": next((item for item in items if not item.checked), None),
        "blockers": blockers(plan, items),
        "cautions": cautions(plan, items),
        "unread": unread,
        "warnings": _warnings(plan, marked),
        "removals": removals(plan.pk),
        "summary": summary(plan),
    }


def summary(plan: Plan) -> str:
    """读出 20 项、2 个时段、3 次报送、1 项案例指标."""
    read = plan.reading
    reports = sum(one.get("kind") == "report" for one in read.get("reports", []))
    counts = (
        (len(read.get("items", [])), "项"), (len(read.get("periods", [])), "个时段"), (reports, "次报送"),
        (len(read.get("quotas", [])), "项案例指标"),
    )  # fmt: skip
    return "读出 " + "、".join(f"{count} {unit}" for count, unit in counts if count)


def papers(item: Item) -> str:
    return "、".join(Deliverable(code).label.partition("（")[0] for code in item.deliverables)


def _warnings(plan: Plan, marked: Marked) -> list[dict[str, Any]]:
    """What the reading warned of; unknown units are shown at their items, where they can be put right."""
    found = [one for one in plan.reading.get("warnings", []) if one["kind"] != "unknown_unit"]
    return [{**one, "number": marked.number_at(one["source"]) if one["source"] else 0} for one in found]


def _group(group: UnitGroup, size: int) -> str:
    return f"{group.name}（{size} 家）" if size else f"尚无登记的{group.name}"


def _who(item: Item, sizes: dict[int, int]) -> list[tuple[str, str]]:
    found = []
    for role in Duty.Role:
        duties = [duty for duty in item.duties.all() if duty.role == role]
        names = [
            _group(duty.group, sizes[duty.group.pk]) if duty.group else str(duty.unit) for duty in duties
        ]
        if names:
            more = f" 等 {len(names)} 家" if len(names) > NAMES else ""
            found.append(("、".join(names[:NAMES]) + more, role.label))
    return found


def _inferred(item: Item) -> bool:
    dated = any(period.due_on for period in item.periods.all())
    return bool(item.kind == Item.Kind.ACTIVITY and item.reading and dated and not item.reading.get("dates"))


def _amounts(item: Item) -> list[str]:
    if item.kind == Item.Kind.CASES:
        return []  # its title says them
    return [
        f"{one['what']} {BOUNDS[one['bound']]}{one['value']} {one['unit']}".strip()
        for one in item.reading.get("quantities", [])
    ]
