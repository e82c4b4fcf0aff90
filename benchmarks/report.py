"""From single rounds to medians, ratios and the tables of docs/performance.md. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any

from .targets import judged

LABELS = {
    "raw": "raw SQL", "moves": "anban, transitions only", "fsm_loop": "django-fsm loop",
    "viewflow": "viewflow, stock", "raw_approvals": "raw SQL with approval rows",
    "approvals": "anban with the approval engine",
}  # fmt: skip
YARDSTICK = {"raw_approvals": "raw_approvals", "approvals": "raw_approvals"}  # else "raw"
Rounds = list[dict[str, float]]


def summary(found: dict[str, Any], rounds: int, sizes: dict[str, int]) -> dict[str, Any]:
    """The JSON of docs/schemas/bench.json."""
    databases = {name: _database(one) for name, one in found.items()}
    return {
        "rounds": rounds,
        "sizes": sizes,
        "databases": databases,
        "targets": [one for name, side in databases.items() for one in judged(name, side)],
    }


def _database(found: dict[str, Any]) -> dict[str, Any]:
    rounds: Rounds = found["round"]
    cycle = {
        name: {
            "ms": round(median(one[name] for one in rounds), 3),
            "ratio": _ratio(rounds, name, YARDSTICK.get(name, "raw")),
            **counts,
        }
        for name, counts in found["counts"].items()
    }
    return {
        "cycle": cycle,
        "viewflow_against": {name: _ratio(rounds, "viewflow", name) for name in ("moves", "approvals")},
        "fsm_loop_against": {"moves": _ratio(rounds, "fsm_loop", "moves")},
        "steps": found["steps"],
        "clients": _clients(found.get("clients", [])),
        "dispatch": _dispatch(found["bulk"]),
        "decide": _decide([one["decide"] for one in found["bulk"]]),
        "entries": found["verify"]["entries"],
        "bad": found["verify"]["bad"],
    }


def _ratio(rounds: Rounds, name: str, against: str) -> float:
    return round(median(one[name] / one[against] for one in rounds), 2)


def _clients(rounds: Rounds) -> dict[str, float]:
    """Throughput of four clients against raw's; empty where it is not measured."""
    return {"approvals": _ratio(rounds, "approvals", "raw_approvals")} if rounds else {}


def _dispatch(bulk: list[dict[str, Any]]) -> dict[str, Any]:
    rounds = [one["dispatch"] for one in bulk]
    return {
        "tasks": rounds[-1]["tasks"],
        "statements": rounds[-1]["statements"],
        "seconds": round(median(one["seconds"] for one in rounds), 4),
        "loading": round(median(one["loading"] / one["seconds"] for one in rounds), 2),
        "making_and_loading": round(
            median((one["making"] + one["loading"]) / one["seconds"] for one in rounds), 2
        ),
        "viewflow": round(median(map(_starting, bulk)), 1),
    }


def _starting(one: dict[str, Any]) -> float:
    """A viewflow process started, against one of our tasks dispatched."""
    dispatch, decide = one["dispatch"], one["decide"]
    return decide["starting"] / decide["count"]["viewflow"] / (dispatch["seconds"] / dispatch["tasks"])


def _decide(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """Milliseconds and ratios are for each that was agreed to."""
    last, each = rounds[-1], [_each(one) for one in rounds]
    ms = {name: round(median(one[name] for one in each), 3) for name in each[0]}
    loop = last["count"]["viewflow"]
    return {
        "approvals": last["count"]["ours"],
        "statements": last["statements"]["ours"],
        "ms_each": ms["ours"],
        "floor": {
            "statements": last["statements"]["floor"],
            "ms_each": ms["floor"],
            "ratio": _ratio(each, "ours", "floor"),
        },
        "viewflow": {
            "looped": loop,
            "statements_each": round(sum(last["statements"]["viewflow"]) / loop, 1),
            "ms_each": ms["viewflow"],
            "ratio": _ratio(each, "viewflow", "ours"),
        },
    }


def _each(one: dict[str, Any]) -> dict[str, float]:
    return {name: 1000 * seconds / one["count"][name] for name, seconds in one["seconds"].items()}


def table(result: dict[str, Any]) -> str:
    """For a terminal, and for docs/performance.md as it is."""
    lines = [f"Medians of {result['rounds']} interleaved rounds."]
    for name, side in result["databases"].items():
        lines += ["", f"## {name}", "", *_cycles(side), "", *_bulk(side)]
    lines += [
        "",
        "## Targets",
        "",
        *_rows(("what", "database", "measured", "target", "met", "further", "met"), _targets(result)),
    ]
    return "\n".join(lines)


def _cycles(side: dict[str, Any]) -> Iterable[str]:
    head = ("one cycle", "× raw", "ms", "statements", "savepoints", "commits")
    keys: tuple[str, ...] = ("ratio", "ms", "statements", "savepoints", "commits")
    return _rows(head, ([LABELS[name], *(one[key] for key in keys)] for name, one in side["cycle"].items()))


def _bulk(side: dict[str, Any]) -> Iterator[str]:
    dispatch, decide = side["dispatch"], side["decide"]
    yield (
        f"Dispatch of {dispatch['tasks']} tasks: {dispatch['statements']} statements, "
        f"{dispatch['loading']} × the speed of loading ready rows, "
        f"{dispatch['making_and_loading']} × of making and loading them, {dispatch['viewflow']} × of starting as many "
        "viewflow processes."
    )
    floor, loop = decide["floor"], decide["viewflow"]
    yield (
        f"Agree to {decide['approvals']}: {decide['statements']} statements by chunk, "
        f"{decide['ms_each']} ms each; {floor['ratio']} × the floor of {floor['statements']}, {floor['ms_each']} ms; "
        f"a viewflow loop, {loop['looped']} looped with {loop['statements_each']:g} statements each, "
        f"takes {loop['ms_each']} ms, {loop['ratio']} × ours."
    )
    if side["clients"]:
        yield (
            "4 clients, throughput × raw: " + ", ".join(f"{k} {v}" for k, v in side["clients"].items()) + "."
        )
    yield f"Journal: {side['entries']} entries verified" + (f", bad: {side['bad']}." if side["bad"] else ".")


def _targets(result: dict[str, Any]) -> Iterator[list[Any]]:
    said = {True: "yes", False: "NO", None: "–"}
    for one in result["targets"]:
        yield [
            *(one[key] for key in ("what", "database", "measured")),
            one["target"] or "–", said[one["met"]], one["further"] or "–", said[one["further_met"]],
        ]  # fmt: skip


def _rows(head: tuple[str, ...], rows: Iterable[list[Any]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(str(cell) for cell in row) + " |"
