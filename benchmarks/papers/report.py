"""Medians, ratios and targets of `script/bench --pdf`. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

from benchmarks.targets import PAPERS, Target

from .texts import LABELS

NAMES = {
    "anban": "anban, warm", "libreoffice": "LibreOffice, batch", "chromium": "Chromium, warm",
    "typst": "Typst, warm (for the distance)",
}  # fmt: skip
PEERS = ("libreoffice", "chromium")
MB = 1024 * 1024


def summary(found: dict[str, Any]) -> dict[str, Any]:
    """The JSON of docs/schemas/bench_pdf.json. The office's batch counts without its start, which is told apart."""
    rounds = [_without_start(one) for one in found["rounds"]]
    papers = {paper: _paper(paper, rounds, found["pages"]) for paper in rounds[0]}
    starts = [one["start"] for one in found["rounds"]]
    memory = {name: round(most / MB) for name, most in found["memory"].items()}
    told = {
        "rounds": len(rounds), "copies": found["copies"], "absent": found["absent"], "papers": papers, "memory": memory,
        "start": round(median(one["libreoffice"] for one in starts) * found["copies"], 2) if starts[0] else None,
        "batch": found["batch"],
    }  # fmt: skip
    return told | {"targets": list(_judged(told, found["memory"]))}


def _without_start(told: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return {
        paper: {name: seconds - told["start"].get(name, 0) for name, seconds in own.items()}
        for paper, own in told.items()
        if paper != "start"
    }


def _paper(paper: str, rounds: list[dict[str, dict[str, float]]], pages: dict[str, Any]) -> dict[str, Any]:
    """Seconds a document, and what ours takes of each peer's."""
    own = [one[paper] for one in rounds]
    return {
        name: {
            "seconds": round(median(one[name] for one in own), 4),
            "ours": round(median(one["anban"] / one[name] for one in own), 2) if all(one[name] for one in own) else None,
            "pages": pages[name][paper],
        }
        for name in own[0]
    }  # fmt: skip


def _judged(told: dict[str, Any], memory: dict[str, int]) -> Iterator[dict[str, Any]]:
    for target in PAPERS:
        for on in target.first:
            measured = _measured(target, on, told, memory)
            if measured is not None:
                yield target.judged(on, measured)


def _measured(target: Target, on: str, told: dict[str, Any], memory: dict[str, int]) -> float | None:
    if target.key == "memory":
        return round(memory["anban"] / memory[on], 2) if on in memory else None
    if target.key == "batch":
        return told["batch"]["ratio"] if told["batch"] else None
    return told["papers"][on].get(target.key, {}).get("ours")


def table(told: dict[str, Any]) -> str:
    return "\n".join(_lines(told))


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"Medians of {told['rounds']} interleaved rounds, {told['copies']} documents of each kind a round.\n"
    papers = told["papers"]
    yield (
        "| seconds of processor time a document | "
        + " | ".join(LABELS[one] for one in papers)
        + " | PSS at most |"
    )
    yield "|---|" + "---|" * (len(papers) + 1)
    for name, label in NAMES.items():
        if name in told["absent"]:
            yield f"| {label} | " + "not installed | " * (len(papers) + 1)
        elif name in told["memory"]:
            cells = (_cell(own[name]) for own in papers.values())
            yield f"| {label} | {' | '.join(cells)} | {told['memory'][name]} MB |"
    if told["start"] is not None:
        yield f"\nLibreOffice takes {told['start']} s to start besides, once a batch."
    if batch := told["batch"]:
        yield (
            f"\n{batch['copies']} copies in one job: {batch['copy']} s each; made one at a time: {batch['single']} s; "
            f"{batch['ratio']} of it."
        )
    yield "\n| target | of | measured | bound | met |\n|---|---|---|---|---|"
    for one in told["targets"]:
        said = "yes" if one["met"] else "NO"
        yield f"| {one['what']} | {one['database']} | {one['measured']} | {one['target']} | {said} |"


def _cell(own: dict[str, Any]) -> str:
    ours = "" if own["ours"] in (None, 1.0) else f", ours {own['ours']} ×"
    return f"{own['seconds']} ({own['pages']} pages{ours})"
