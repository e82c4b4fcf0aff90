"""案例推荐指标 as a page: chips, rows with their links; and in numbers, for the page of the campaign."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from foundation.organization.actors import Actor
from foundation.organization.posts import OVERSEERS, UNIT_POSTS
from workflows.cases.kinds import CaseKind
from workflows.plans.models import Plan

from .facts import Row, quota_of
from .verdict import MISSED, WORDS, Stand

KINDS = {Stand.MISSING: "idle", Stand.REVIEW: "ok", Stand.MET: "done", Stand.ANSWERED: "done"}  # of light


def summary_of(plan: Plan, actor: Actor, today: dt.date) -> dict[str, Any] | None:
    """For the page of the campaign; None where nobody is asked for cases."""
    rows = quota_of(plan, actor, today)
    if not rows:
        return None
    own = actor.post_code in UNIT_POSTS
    address = reverse("plan_recommendations", args=[plan.pk])
    chips = [] if own else chips_of(rows, "", address)[1:]
    return {"rows": rows if own else (), "chips": chips, "url": address, "total": len(rows)}


def chips_of(rows: list[Row], chosen: str, address: str = "") -> list[dict[str, Any]]:
    missed = any(row.verdict.light.kind == "overdue" for row in rows)
    words, kinds = dict(WORDS), dict(KINDS)
    if missed:
        words[Stand.MISSING], kinds[Stand.MISSING] = MISSED, "overdue"
    found: list[dict[str, Any]] = [
        {"label": "全部", "count": len(rows), "url": f"{address}?only=all", "current": chosen == "all"}
    ]
    for stand, word in words.items():
        count = sum(row.verdict.stand == stand for row in rows)
        chip = {"url": f"{address}?only={stand}", "current": chosen == stand}
        found.append(chip | {"label": f"{word} {count}", "kind": kinds[stand] if count else ""})
    return found


def narrowed(rows: list[Row], chosen: str, words: str) -> list[Row]:
    found = [row for row in rows if chosen not in WORDS or row.verdict.stand == chosen]
    return [row for row in found if words in row.task.unit.name or words in row.task.unit.short_name]


def line_of(row: Row, actor: Actor) -> dict[str, Any]:
    """One unit. Counts lead to the recommendations they count; who may not see cases gets the numbers alone."""
    task, verdict, sees = row.task, row.verdict, actor.post_code not in OVERSEERS
    about: dict[str, Any] = {"plan": task.plan_id, "unit": task.unit_id}

    def link(**more: str) -> str:
        return f"{reverse('recommendations')}?{urlencode(about | more)}" if sees else ""

    kinds = [
        {
            "label": kind.label,
            "recommended": verdict.recommended.get(kind, 0),
            "recommended_url": link(kind=kind.value, only="standing"),
            "taken": verdict.taken.get(kind, 0),
            "taken_url": link(kind=kind.value, only="taken"),
        }
        for kind in CaseKind
    ]
    return {"row": row, "kinds": kinds, "returned_url": link(only="returned")}
