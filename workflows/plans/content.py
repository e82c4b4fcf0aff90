"""What a plan consists of when it is signed: one canonical value, and its digest."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from foundation.journal.chain import canonical

from .models import Item, Plan


def content_of(plan: Plan) -> dict[str, Any]:
    """The plan with its items, periods and duties, as they would be dispatched now."""
    items = plan.items.prefetch_related("periods", "duties__unit", "duties__group")
    return {
        "title": plan.title,
        "year": plan.year,
        "theme": plan.theme,
        "text": sha256(plan.text.encode()).hexdigest(),
        "items": [_item(item) for item in items],
    }


def digest_of(plan: Plan) -> str:
    """SHA-256 of the canonical content: what an approval of the plan pins."""
    return sha256(canonical(content_of(plan)).encode()).hexdigest()


def _item(item: Item) -> dict[str, Any]:
    waits = (
        {"wait_assists": True} if item.wait_assists else {}
    )  # what was signed before there was such a rule
    return waits | {
        "number": item.number,
        "kind": item.kind,
        "title": item.title,
        "text": item.text,
        "disposition": item.disposition,
        "deliverables": sorted(item.deliverables),
        "periods": [[one.name, str(one.starts_on), str(one.due_on)] for one in item.periods.all()],
        "duties": sorted(
            [duty.role, duty.unit.code if duty.unit else "", duty.group.code if duty.group else ""]
            for duty in item.duties.all()
        ),
    }
