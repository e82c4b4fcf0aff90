"""The bounds of a run: those that are kept, and those aimed at further on, which decide nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

BOTH = ("postgresql", "sqlite")
Bounds = dict[str, float]  # by database, or what else is told apart; one that is not named is not asked


@dataclass(frozen=True)
class Target:
    what: str
    key: str  # of the measured value
    sign: str  # at most or at least
    first: Bounds
    further: Bounds

    def judged(self, database: str, value: float) -> dict[str, Any]:
        target, met = self._against(self.first.get(database), value)
        further, reached = self._against(self.further.get(database), value)
        return {
            "what": self.what, "database": database, "target": target, "measured": value, "met": met,
            "further": further, "further_met": reached,
        }  # fmt: skip

    def _against(self, bound: float | None, value: float) -> tuple[str | None, bool | None]:
        if bound is None:
            return None, None
        return f"{self.sign} {bound:g}", value <= bound if self.sign == "<=" else value >= bound


def both(bound: float) -> Bounds:
    return dict.fromkeys(BOTH, bound)


TARGETS = [
    Target("statements of one step", "step", "<=", {"postgresql": 2, "sqlite": 4}, both(1)),
    Target("statements of one decision", "decision", "<=", {"postgresql": 5, "sqlite": 7}, both(5)),
    Target(
        "cycle, transitions only, × raw", "moves", "<=",
        {"postgresql": 1.8, "sqlite": 2.5}, {"postgresql": 1, "sqlite": 1.8},
    ),
    Target("cycle, stock viewflow × ours", "viewflow_moves", ">=", both(5), both(10)),
    Target("cycle, django-fsm loop × ours", "fsm_loop_moves", ">=", {}, both(3)),
    Target(
        "cycle with approvals, × raw", "approvals", "<=",
        {"postgresql": 2.6, "sqlite": 4.5}, {"postgresql": 1.4, "sqlite": 2.5},
    ),
    Target("stock viewflow × ours with approvals", "viewflow_approvals", ">=", both(3), both(6)),
    Target("4 clients with approvals, × raw", "clients_approvals", ">=", {"postgresql": 0.5}, {"postgresql": 0.75}),
    Target("dispatch, speed × loading rows", "dispatch", ">=", both(0.6), both(0.8)),
    Target("dispatch, stock viewflow × ours", "viewflow_dispatch", ">=", {}, both(300)),
    Target("statements a chunk, most - least", "chunk_spread", "<=", both(0), {}),
    Target("agree to many, × floor", "floor", "<=", {}, both(3)),
    Target("agree to many, viewflow loop × ours", "viewflow_agree", ">=", {}, both(100)),
]  # fmt: skip

KINDS = dict.fromkeys(("short", "long", "table"), 1.0)
PAPERS = [  # of script/bench --pdf; their bounds are by document or by peer
    Target("processor time, × LibreOffice's", "libreoffice", "<=", KINDS, {}),
    Target("processor time, × Chromium's", "chromium", "<=", KINDS, {}),
    Target("memory, × its peer's", "memory", "<=", {"chromium": 0.25}, {}),
    Target("copies in one job, × made alone", "batch", "<=", {"anban": 0.6}, {}),
]


def judged(name: str, side: dict[str, Any]) -> Iterator[dict[str, Any]]:
    measured = _measured(side)
    for one in TARGETS:
        if name in one.first | one.further:
            yield one.judged(name, measured[one.key])


def _measured(side: dict[str, Any]) -> dict[str, float]:
    decide = side["decide"]
    return {
        "step": side["steps"]["step"]["statements"],
        "decision": max(side["steps"][one]["statements"] for one in ("decision", "last_decision")),
        "moves": side["cycle"]["moves"]["ratio"],
        "approvals": side["cycle"]["approvals"]["ratio"],
        **{f"viewflow_{one}": ratio for one, ratio in side["viewflow_against"].items()},
        **{f"fsm_loop_{one}": ratio for one, ratio in side["fsm_loop_against"].items()},
        **{f"clients_{one}": ratio for one, ratio in side["clients"].items()},
        "dispatch": side["dispatch"]["loading"],
        "viewflow_dispatch": side["dispatch"]["viewflow"],
        "chunk_spread": max(decide["statements"]) - min(decide["statements"]),
        "floor": decide["floor"]["ratio"],
        "viewflow_agree": decide["viewflow"]["ratio"],
    }
