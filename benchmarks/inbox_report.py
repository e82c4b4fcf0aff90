"""Medians and ratios of `script/bench --inbox`. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

LABELS = {
    "first": "first page", "hundredth": "hundredth page", "counts": "all numbers of the page",
    "badge": "number in the navigation", "page": "the whole page, as HTML", "plainly": "the same written plainly",
}  # fmt: skip


def summary(found: dict[str, Any]) -> dict[str, Any]:
    """By database: milliseconds with few and with many signers, their ratio, and that of page 100 to page 1."""
    return {name: _database(*sides) for name, sides in found.items()}


def _database(few: dict[str, Any], many: dict[str, Any]) -> dict[str, Any]:
    pairs = list(zip(few["rounds"], many["rounds"], strict=True))
    rows = {
        name: {
            "few": round(1000 * median(one[name] for one, _ in pairs), 1),
            "many": round(1000 * median(one[name] for _, one in pairs), 1),
            "ratio": round(median(much[name] / little[name] for little, much in pairs), 2),
        }
        for name in LABELS
    }
    deep = round(median(one["hundredth"] / one["first"] for one in many["rounds"]), 2)
    plainly = round(median(one["plainly"] / one["page"] for one in many["rounds"]), 2)
    return {"plainly_against_page": plainly, "signers": [few["load"]["signers"], many["load"]["signers"]], "seconds": many["load"]["seconds"],
            "size": many["size"], "measured": rows, "hundredth_against_first": deep}  # fmt: skip


def table(told: dict[str, Any]) -> str:
    return "\n".join(line for name, side in told.items() for line in _lines(name, side))


def _lines(name: str, side: dict[str, Any]) -> Iterator[str]:
    few, many = (f"{count:,}" for count in side["signers"])
    yield f"### {name}\n"
    yield f"| | ms of {few} | ms of {many} | × |"
    yield "|---|---|---|---|"
    for key, row in side["measured"].items():
        yield f"| {LABELS[key]} | {row['few']} | {row['many']} | {row['ratio']} |"
    yield (
        f"\nThe hundredth page takes {side['hundredth_against_first']} × the first, each "
        f"{side['size']['statements']} statement(s); the page written plainly takes {side['plainly_against_page']} × ours; "
        f"{many} signers were loaded in {side['seconds']} s.\n"
    )
