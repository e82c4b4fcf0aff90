"""Medians and ratios of `script/bench --archive`. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

LABELS = {
    "common": "a word that is in all", "rare": "a word of every thousandth", "number": "a 发文字号", "none": "a word that is in none",
}  # fmt: skip


def summary(found: dict[str, Any]) -> dict[str, Any]:
    """By database: milliseconds of a page with few and with many documents, and LIKE '%…%' against it with many."""
    return {name: _database(*sides) for name, sides in found.items()}


def _database(few: dict[str, Any], many: dict[str, Any]) -> dict[str, Any]:
    rows = {
        name: {
            "few": round(1000 * median(one[name]["page"] for one in few["rounds"]), 1),
            "many": round(1000 * median(one[name]["page"] for one in many["rounds"]), 1),
            "like": round(1000 * median(one[name]["like"] for one in many["rounds"]), 1),
            "ratio": round(median(one[name]["like"] / one[name]["page"] for one in many["rounds"]), 2),
        }
        for name in LABELS
    }
    return {"loaded": [few["load"], many["load"]], "rows": many["size"], "measured": rows}


def table(told: dict[str, Any]) -> str:
    return "\n".join(line for name, side in told.items() for line in _lines(name, side))


def _lines(name: str, side: dict[str, Any]) -> Iterator[str]:
    few, many = side["loaded"]
    yield f"#### {name}\n"
    yield f"| | ms of {few['documents']:,} | ms of {many['documents']:,} | LIKE, ms | LIKE × |"
    yield "|---|---|---|---|---|"
    for key, row in side["measured"].items():
        yield f"| {LABELS[key]} | {row['few']} | {row['many']} | {row['like']} | {row['ratio']} |"
    yield f"\n{many['documents']:,} documents were written and indexed in {many['seconds']} s.\n"
