"""The board as the `board` command prints it (docs/schemas/board.json)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from foundation.organization.models import Unit
from foundation.organization.services import working_calendar
from workflows.plans.models import Item, Plan

from .board import Board, draw
from .facts import facts_at, facts_now


def report(*, plan: Plan, at: dt.datetime | None = None) -> dict[str, Any]:
    """The board now, or with `at` as the journal says it was then. Four queries, five or six then."""
    units = Unit.objects.all()
    facts = facts_at(plan.pk, at) if at else facts_now(plan.pk, units)
    then = timezone.localtime(at)
    board = draw(facts, then.date(), working_calendar())
    items = _keys(plan.items.only("plan", "number", "order"))
    return {
        "at": then.isoformat(timespec="seconds"),
        "rows": [_row(board, unit, items) for unit in units if unit.pk in board.units],
        "totals": board.totals.as_json(),
    }


def _keys(items: Iterable[Item]) -> dict[int, str]:
    """The number of each item, its place behind it where two bear the same."""
    found = list(items)
    times = Counter(item.number for item in found)
    return {i.pk: i.number if times[i.number] == 1 else f"{i.number}#{i.order}" for i in found}


def _row(board: Board, unit: Unit, items: dict[int, str]) -> dict[str, Any]:
    cells = {key: board.cells.get((unit.pk, item)) for item, key in items.items()}
    return {
        "unit": unit.code,
        "cells": {
            key: {"state": cell.state, "light": cell.light.kind, "days": cell.light.days}
            for key, cell in cells.items()
            if cell
        },
    }
