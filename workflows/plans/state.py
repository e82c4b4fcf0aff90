"""What an item, or the plan's own facts, look like now: compared with what an editor saw, told in the journal."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from foundation.journal.chain import canonical

from .models import Item, Plan

State = dict[str, Any]  # field -> JSON

FIELDS = (
    "number",
    "title",
    "text",
    "kind",
    "disposition",
    "deliverables",
    "wait_assists",
    "checked",
    "settled",
)
FACTS = ("title", "year", "theme", "starts_on", "ends_on")
LABELS = {
    **{field.name: str(field.verbose_name) for field in Item._meta.fields if field.name in FIELDS},
    "periods": "时间", "duties": "责任单位", "order": "排序",
}  # fmt: skip
FACT_LABELS = {field.name: str(field.verbose_name) for field in Plan._meta.fields if field.name in FACTS}


def item_state(item: Item) -> State:
    """Everything of an item that can be edited; enough to make it again."""
    state = {name: getattr(item, name) for name in FIELDS} | {
        "periods": [[one.name, _iso(one.starts_on), _iso(one.due_on)] for one in item.periods.all()],
        "duties": [
            [one.role, one.unit_id, one.group_id, one.phrase, list(one.source)] for one in item.duties.all()
        ],
    }
    return ordered(state)


def ordered(state: State) -> State:
    """Periods by their end, duties with who leads first: the same whoever wrote them and in which order."""
    return state | {
        "periods": sorted(state["periods"], key=lambda one: (one[2] or "9", one[1] or "", one[0])),
        "duties": sorted(
            state["duties"], key=lambda one: (one[0] != "lead", one[2] or 0, one[1] or 0, one[3])
        ),
    }


def plan_facts(plan: Plan) -> State:
    return {name: _iso(getattr(plan, name)) for name in FACTS}


def token(state: State) -> str:
    """What a form carries, to know whether somebody else was faster."""
    return sha256(canonical(state).encode()).hexdigest()[:16]


def changed(before: State, after: State) -> dict[str, list[Any]]:
    """Field -> [old, new], for the journal."""
    return {name: [before[name], value] for name, value in after.items() if before[name] != value}


def _iso(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
