"""Medians and ratios of `script/bench --tasks`, against their targets. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from statistics import median
from typing import Any

from .targets import Target, both

LABELS = {
    "board_units": "board, units down, as HTML", "board_items": "board, items down, as HTML", "board_unit": "a unit's own board, as HTML",
    "board_now": "board, its data", "board_past": "board of a past day, its data", "history": "history of a task", "task": "a task, as HTML",
    "desk": "workbench, 安办主任", "desk_unit": "workbench, 联络员", "desk_auditor": "workbench, 审计员", "inbox": "inbox, 安办经办",
    "ledger": "ledger, as HTML", "ledger_unit": "ledger of a unit, as HTML", "first": "ledger, first page", "deep": "ledger, page 100",
    "deep_all": "ledger of everything, page 100", "unit": "ledger of a unit, everything", "by_overdue": "overdue, first 50",
    "statistics": "统计汇总", "assessment": "考核", "schedule": "附件3 日程", "ahead": "明日督办", "slips": "督办单", "listed": "通报名单",
    "closing": "收尾", "plans": "list of campaigns", "plan": "a campaign", "dry_run": "sweep --dry-run", "sweep": "sweep",
    "search_common": "search, in 1 of 20 tasks", "search_unit": "search, a unit", "search_none": "search, nothing found",
    "by_q": "ledger, 农机", "by_q_unit": "ledger, words of a unit", "by_plan": "ledger, a campaign", "by_range": "ledger, 镇（街）",
    "by_unit": "ledger, a unit", "by_item": "ledger, an item", "by_role": "ledger, 牵头", "by_todo": "ledger, 等单位办理",
    "by_passed": "ledger, 通过", "by_owed": "ledger, 应办", "by_all": "ledger, 全部", "by_returned": "ledger, 已退回",
    "by_archived": "ledger, 已归档", "by_near": "ledger, 临期", "by_ok": "ledger, 正常", "by_idle": "ledger, 未启动", "by_done": "ledger, 已办结",
    "by_age": "ledger, 停留 2–3 天", "by_old": "ledger, 停留超过 7 天", "by_days": "ledger, due in June", "by_holder": "ledger, in the hands of one",
    "by_nobody": "ledger, 无联络员", "by_due_down": "ledger, latest due first", "by_stood": "ledger, longest stood first",
    "by_stood_down": "ledger, last moved first", "by_all_down": "ledger, 全部, latest due first",
}  # fmt: skip
TARGETS = [
    *(Target(f"{LABELS[name]}, p95, × of 10,000", name, "<=", both(2), {}) for name in ("board_units", "board_items", "board_now")),
    *(Target(f"{LABELS[name]}, × of 10,000", name, "<=", both(3), {}) for name in ("by_overdue", "inbox", "deep", "deep_all")),
    *(Target(f"{LABELS[name]}, × of 10,000", name, "<=", both(4), {}) for name in ("history", "board_past")),
]  # fmt: skip
SLOW = ("board_units", "board_items", "board_now")  # told by their 95th percentile


def summary(found: dict[str, Any]) -> dict[str, Any]:
    """By database: milliseconds of processor time with few tasks, with a million, and with more of them running."""
    databases = {name: _database(*sides) for name, sides in found.items()}
    targets = [
        one.judged(name, side["measured"][one.key]["ratio"])
        for name, side in databases.items()
        for one in TARGETS
    ]
    return {"databases": databases, "targets": targets}


def _database(*sides: dict[str, Any]) -> dict[str, Any]:
    rows = {}
    for name in LABELS:
        ms = [1000 * _told(name, side) for side in sides]
        rows[name] = {
            "ms": [round(one, 1) for one in ms],
            "ratio": round(ms[1] / ms[0], 2),
            "statements": [side["size"]["statements"][name] for side in sides],
        }
    sizes = [side["load"] | {"swept": side["size"]["swept"]} for side in sides]
    return {"sizes": sizes, "measured": rows}


def _told(name: str, side: dict[str, Any]) -> float:
    """The 95th percentile of all looks for what has a target for it, else the median of rounds."""
    looks = sorted(seconds for one in side["rounds"] for seconds in one[name])
    return looks[ceil(0.95 * len(looks)) - 1] if name in SLOW else median(looks)


def table(told: dict[str, Any]) -> str:
    lines = [line for name, side in told["databases"].items() for line in _lines(name, side)]
    return "\n".join([*lines, *_targets(told["targets"])])


def _lines(name: str, side: dict[str, Any]) -> Iterator[str]:
    sizes = side["sizes"]
    yield f"#### {name}\n"
    few, many, *more = [f"ms of {one['tasks']:,}, {one['open']:,} open" for one in sizes]
    yield f"| | {' | '.join([few, many, '×', *more])} | statements |"
    yield "|---" * (len(sizes) + 3) + "|"
    for key, row in side["measured"].items():
        ms = map(str, row["ms"])
        told = [next(ms), next(ms), str(row["ratio"]), *ms]
        asked = " → ".join(dict.fromkeys(map(str, row["statements"])))
        yield f"| {LABELS[key]} | {' | '.join(told)} | {asked} |"
    for one in sizes:
        yield f"\n{one['tasks']:,} tasks and {one['entries']:,} entries were loaded in {one['seconds']} s; a sweep wrote {_swept(one['swept'])}."
    yield ""


def _swept(swept: dict[str, Any]) -> str:
    return f"{swept['reminders']:,} reminders, {sum(swept['slips'].values()):,} slips and {swept['messages']:,} messages"


def _targets(targets: list[dict[str, Any]]) -> Iterator[str]:
    yield "| what | database | measured | target | met |"
    yield "|---|---|---|---|---|"
    for one in targets:
        yield f"| {one['what']} | {one['database']} | {one['measured']} | {one['target']} | {'yes' if one['met'] else 'NO'} |"
