"""A rule pack as a document (docs/schemas/rule_pack.json) → pack.Pack, with everything it names looked up. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from .counting import Limit, Roll, Unit
from .events import VIOLATION
from .pack import BadPack, Basis, Break, ClockRule, Gate, Law, Pack, Paper, Step
from .penalties.rules import read as read_penalties

GATES = (
    "by", "needs", "needs_one", "officers", "reason", "file", "reviewer", "since", "pending",
)  # fmt: skip


def read(document: Mapping[str, Any]) -> Pack:
    """A document that keeps the schema; raises BadPack where what it names is not there."""
    counts = {name: _limit(one) for name, one in document["counts"].items()}
    pack = Pack(
        document["pack"], document["name"], document["version"], day(document["effective_from"]),
        day(document["effective_to"]) if document.get("effective_to") else None,
        {code: _law(code, one) for code, one in document["laws"].items()},
        tuple((one["name"], one["why"]) for one in document.get("slots", [])),
        document["posts"],
        {code: Step(code, **one) for code, one in document["steps"].items()},
        tuple(_clock(one, counts) for one in document["clocks"]),
        tuple(gate for one in document["gates"] for gate in _gates(one, counts)),
        tuple(Paper(one["code"], one["name"], one["basis"], one.get("after", "")) for one in document["file"]),
        read_penalties(document),
    )  # fmt: skip
    for fault in _faults(pack):
        raise BadPack(f"规则包 {pack.code} 有误：{fault}。")
    return pack


def day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadPack(f"规则包里的“{text}”不是日期，请写成 2026-01-01。") from None


def _law(code: str, one: Mapping[str, Any]) -> Law:
    return Law(
        code, one["name"], day(one["effective_from"]),
        day(one["effective_to"]) if one.get("effective_to") else None, one.get("number", ""),
        tuple(one.get("binds", ())), one.get("read", "full"),
    )  # fmt: skip


def _limit(one: Mapping[str, Any]) -> Limit:
    roll, first = Roll(one.get("roll", "none")), one.get("count_start", False)
    return Limit(one["count"], Unit(one["unit"]), roll, first)


def _named(counts: Mapping[str, Limit], name: str) -> Limit:
    if name not in counts:
        raise BadPack(f"规则包的 counts 里没有“{name}”。")
    return counts[name]


def _clock(one: Mapping[str, Any], counts: Mapping[str, Limit]) -> ClockRule:
    many = {
        key: tuple(one.get(key, ())) for key in ("starts", "ends", "void", "when", "unless", "only_after")
    }
    return ClockRule(
        one["rule"], one["name"], one["who"], bases=tuple(_basis(basis, counts) for basis in one["bases"]),
        pauses=tuple(_break(pause) for pause in one.get("pauses", ())), only_ended=one.get("only_ended", False),
        above=one.get("above", False), **many,
    )  # fmt: skip


def _basis(one: Mapping[str, Any], counts: Mapping[str, Limit]) -> Basis:
    extended = tuple((more["by"], _named(counts, more["limit"])) for more in one.get("extended", ()))
    return Basis(tuple(one["basis"]), _named(counts, one["limit"]), one["verified"], extended)


def _break(one: Mapping[str, Any]) -> Break:
    return Break(one["from"], tuple(filter(None, (one["to"], one.get("or")))), one.get("verified", True))


def _gates(one: Mapping[str, Any], counts: Mapping[str, Limit]) -> Iterator[Gate]:
    for kind in GATES:
        if kind in one:
            value: Any = one[kind]
            if kind == "since":
                value = (value["step"], _named(counts, value["limit"]))
            if kind == "pending":
                value = (tuple(value["from"]), tuple(value["until"]))
            if kind == "officers":
                value = (value, one.get("qualified", False))
            when, after = tuple(one.get("when", ())), one.get("after", "")
            yield Gate(one["step"], kind, value, one["why"], tuple(one["basis"]), when, after)


def _faults(pack: Pack) -> Iterator[str]:
    """Steps and laws that are named and not there."""
    cites = [cite for clock in pack.clocks for basis in clock.bases for cite in basis.cites]
    cites += [cite for gate in pack.gates for cite in gate.cites] + [one.cite for one in pack.file]
    cites += pack.penalties.cites()
    yield from (f"没有法律“{cite}”" for cite in cites if cite.partition(":")[0] not in pack.laws)
    known = {*pack.steps, VIOLATION}
    named = [
        step for clock in pack.clocks for step in (*clock.starts, *clock.ends, *clock.void, *clock.only_after)
    ]
    named += [step for clock in pack.clocks for pause in clock.pauses for step in (pause.start, *pause.ends)]
    named += [gate.step for gate in pack.gates]
    named += [step for gate in pack.gates if gate.kind in ("needs", "needs_one") for step in gate.value]
    yield from (f"没有步骤“{step}”" for step in named if step not in known)
