"""Medians and ratios of `script/bench --wall`. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

LABELS = {
    "rows": "reading all rows once", "first": "first page, 安办主任", "deep": "deep page, 安办主任", "unit": "first page, a unit's head",
    "counts": "numbers of the chips", "desk": "workbench, a unit's head", "above": "workbench, 安办主任", "sweep": "sweep",
}  # fmt: skip


def summary(found: dict[str, Any]) -> dict[str, Any]:
    """By database: milliseconds with few and with many cases, the latter against reading all rows, statements of both."""
    return {name: _database(*sides) for name, sides in found.items()}


def _database(few: dict[str, Any], many: dict[str, Any]) -> dict[str, Any]:
    rows = {
        name: {
            "few": round(1000 * median(one[name] for one in few["rounds"]), 1),
            "many": round(1000 * median(one[name] for one in many["rounds"]), 1),
            "ratio": round(median(one[name] / one["rows"] for one in many["rounds"]), 3),
            "statements": [side["size"]["statements"][name] for side in (few, many)],
        }
        for name in LABELS
    }
    sizes = [{**side["load"], **side["size"]} for side in (few, many)]
    for one in sizes:
        del one["statements"]
    return {"sizes": sizes, "measured": rows}


def table(told: dict[str, Any]) -> str:
    return "\n".join(line for name, side in told.items() for line in _lines(name, side))


def _lines(name: str, side: dict[str, Any]) -> Iterator[str]:
    few, many = side["sizes"]
    yield f"#### {name}\n"
    yield f"| | ms of {few['cases']:,} cases | ms of {many['cases']:,} | × reading all rows once | statements |"
    yield "|---|---|---|---|---|"
    for key, row in side["measured"].items():
        small, large = row["statements"]
        asked = f"{large}" if small == large else f"{small} → {large}"
        yield f"| {LABELS[key]} | {row['few']} | {row['many']} | {row['ratio']} | {asked} |"
    yield f"\nA sweep wrote down {many['lapsed']} of {many['clocks']:,} clocks.\n"
