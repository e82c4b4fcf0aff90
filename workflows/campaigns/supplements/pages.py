"""What the page of a 补充通知 shows."""

from __future__ import annotations

from typing import Any

from approvals import waiting
from foundation.journal.timeline import entries_of, line_of
from foundation.organization.actors import Actor
from foundation.organization.posts import OFFICE_POSTS
from workflows.plans.models import Item, Plan

from ..models import Supplement, SupplementProcess
from .content import proposed
from .reach import reach

STEPS = (("draft", "草稿"), ("in_approval", "审批"), ("approved", "印发"), ("issued", "已印发"))

LIVES = ("draft", "in_approval", "approved")  # states of one that may still be issued


def page_of(row: Supplement, actor: Actor) -> dict[str, Any]:
    processes = SupplementProcess.objects.filter(supplement=row)
    changes = proposed(row)
    reached = reach(one.item.pk for one in changes)
    office = actor.post_code in OFFICE_POSTS
    taken = {one.item.pk for one in changes}
    draft = row.state == Supplement.State.DRAFT
    return {
        "row": row,
        "plan": row.plan,
        "changes": [(one, *reached.items[one.item.pk]) for one in changes],
        "reach": reached,
        "office": office,
        "editable": office and draft,
        "closing": office and row.plan.state == Plan.State.CLOSING and row.state in LIVES,
        "others": [one for one in items_of(row) if one.pk not in taken] if office and draft else [],
        "steps": _steps(row.state),
        "waiting": waiting.waits_for(processes) if row.state == Supplement.State.IN_APPROVAL else "",
        "timeline": [line_of(one) for one in entries_of("campaigns.supplement", row.pk).reverse()[:100]],
    }


def items_of(row: Supplement) -> list[Item]:
    """Those that can be changed: they went out, and no quota stands in them."""
    rows = Item.objects.filter(plan=row.plan_id, disposition=Item.Disposition.DISPATCH)
    return list(rows.exclude(kind=Item.Kind.CASES).order_by("order"))


def _steps(state: str) -> list[dict[str, str]]:
    if state == Supplement.State.DROPPED:
        return []
    codes = [code for code, _ in STEPS]
    now = codes.index(state) + (state == Supplement.State.ISSUED)
    place = ["past" if n < now else "now" if n == now else "future" for n in range(len(STEPS))]
    return [{"title": title, "state": one} for (_, title), one in zip(STEPS, place, strict=True)]
