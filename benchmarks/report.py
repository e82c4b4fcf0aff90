"""From single rounds to medians, ratios and the targets of docs/performance.md. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any

LABELS = {
    "raw": "raw SQL", "moves": "anban, transitions only", "fsm_loop": "django-fsm loop",
    "viewflow": "viewflow, stock", "raw_approvals": "raw SQL with approval rows",
    "approvals": "anban with the approval engine",
}  # fmt: skip
YARDSTICK = {"raw_approvals": "raw_approvals", "approvals": "raw_approvals"}  # else "raw"
# (what, databases with their bound, at most or at least, key of the measured value)
BOTH = ("postgresql", "sqlite")
TARGETS: list[tuple[str, dict[str, float], str, str]] = [
    ("statements of one step", {"postgresql": 2, "sqlite": 4}, "<=", "step"),
    ("statements of one decision", {"postgresql": 5, "sqlite": 7}, "<=", "decision"),
    ("cycle, transitions only, × raw", {"postgresql": 1.8, "sqlite": 2.5}, "<=", "moves"),
    ("cycle, stock viewflow × ours", dict.fromkeys(BOTH, 5), ">=", "viewflow_moves"),
    ("cycle with approvals, × raw", {"postgresql": 2.6, "sqlite": 4.5}, "<=", "approvals"),
    ("stock viewflow × ours with approvals", dict.fromkeys(BOTH, 3), ">=", "viewflow_approvals"),
    ("4 clients with approvals, × raw", {"postgresql": 0.5}, ">=", "clients_approvals"),
    ("dispatch, speed × loading rows", dict.fromkeys(BOTH, 0.6), ">=", "dispatch"),
    ("statements a chunk, most - least", dict.fromkeys(BOTH, 0), "<=", "chunk_spread"),
]  # fmt: skip

Rounds = list[dict[str, float]]


def summary(found: dict[str, Any], rounds: int, sizes: dict[str, int]) -> dict[str, Any]:
    """The JSON of docs/schemas/bench.json."""
    databases = {name: _database(one) for name, one in found.items()}
    return {
        "rounds": rounds,
        "sizes": sizes,
        "databases": databases,
        "targets": [one for name, side in databases.items() for one in _judged(name, side)],
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
        "dispatch": _dispatch([one["dispatch"] for one in found["bulk"]]),
        "decide": _decide([one["decide"] for one in found["bulk"]]),
        "entries": found["verify"]["entries"],
        "bad": found["verify"]["bad"],
    }


def _ratio(rounds: Rounds, name: str, against: str) -> float:
    return round(median(one[name] / one[against] for one in rounds), 2)


def _clients(rounds: Rounds) -> dict[str, float]:
    """Throughput of four clients against raw's; empty where it is not measured."""
    return {"approvals": _ratio(rounds, "approvals", "raw_approvals")} if rounds else {}


def _dispatch(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "tasks": rounds[-1]["tasks"],
        "statements": rounds[-1]["statements"],
        "seconds": round(median(one["seconds"] for one in rounds), 4),
        "loading": round(median(one["loading"] / one["seconds"] for one in rounds), 2),
        "making_and_loading": round(
            median((one["making"] + one["loading"]) / one["seconds"] for one in rounds), 2
        ),
    }


def _decide(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "approvals": rounds[-1]["approvals"],
        "statements": rounds[-1]["statements"],
        "ms_each": round(median(1000 * one["seconds"] / one["approvals"] for one in rounds), 3),
    }


def _judged(name: str, side: dict[str, Any]) -> Iterator[dict[str, Any]]:
    measured = {
        "step": side["steps"]["step"]["statements"],
        "decision": max(side["steps"][one]["statements"] for one in ("decision", "last_decision")),
        "moves": side["cycle"]["moves"]["ratio"],
        "approvals": side["cycle"]["approvals"]["ratio"],
        **{f"viewflow_{one}": ratio for one, ratio in side["viewflow_against"].items()},
        **{f"clients_{one}": ratio for one, ratio in side["clients"].items()},
        "dispatch": side["dispatch"]["loading"],
        "chunk_spread": max(side["decide"]["statements"]) - min(side["decide"]["statements"]),
    }
    for what, bounds, sign, key in TARGETS:
        if name in bounds:
            value, bound = measured[key], bounds[name]
            met = value <= bound if sign == "<=" else value >= bound
            yield {
                "what": what,
                "database": name,
                "target": f"{sign} {bound:g}",
                "measured": value,
                "met": met,
            }


def table(result: dict[str, Any]) -> str:
    """For a terminal, and for docs/performance.md as it is."""
    lines = [f"Medians of {result['rounds']} interleaved rounds."]
    for name, side in result["databases"].items():
        lines += ["", f"## {name}", "", *_cycles(side), "", *_bulk(side)]
    lines += [
        "",
        "## Targets",
        "",
        *_rows(("what", "database", "target", "measured", "met"), _targets(result)),
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
        f"{dispatch['making_and_loading']} × of making and loading them."
    )
    yield (
        f"Agree to {decide['approvals']}: {decide['statements']} statements by chunk, "
        f"{decide['ms_each']} ms each."
    )
    if side["clients"]:
        yield (
            "4 clients, throughput × raw: " + ", ".join(f"{k} {v}" for k, v in side["clients"].items()) + "."
        )
    yield f"Journal: {side['entries']} entries verified" + (f", bad: {side['bad']}." if side["bad"] else ".")


def _targets(result: dict[str, Any]) -> Iterator[list[Any]]:
    for one in result["targets"]:
        yield [
            *(one[key] for key in ("what", "database", "target", "measured")),
            "yes" if one["met"] else "NO",
        ]


def _rows(head: tuple[str, ...], rows: Iterable[list[Any]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(str(cell) for cell in row) + " |"
