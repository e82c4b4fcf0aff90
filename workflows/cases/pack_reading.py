"""A rule pack as a document (docs/schemas/rule_pack.json) → pack.Pack, with everything it names looked up. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .counting import Limit, Roll, Unit
from .events import VIOLATION
from .pack import Advice, BadPack, Basis, Break, ClockRule, Effect, Gate, Law, Pack, Paper, Step
from .penalties.rules import ANY
from .penalties.rules import read as read_penalties
from .rule_words import FLAGS, ROLES

GATES = (
    "by", "needs", "needs_one", "officers", "reason", "file", "reviewer", "since", "pending",
)  # fmt: skip
CODE = re.compile("[a-z0-9_-]+")  # it stands in addresses
BLANK = re.compile(r"\{(\w*)\}")
BLANKS = {"limit", "review", "court"}


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
        read_penalties(document, day),
        tuple(_effect(one) for one in document.get("effects", ())),
        advice=tuple(_advice(one, counts) for one in document.get("advice", ())),
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


def _effect(one: Mapping[str, Any]) -> Effect:
    many = {key: tuple(one.get(key, ())) for key in ("needs", "unless", "until")}
    return Effect(one["step"], one["track"], one["note"], tuple(one["basis"]), one["verified"], **many)


def _advice(one: Mapping[str, Any], counts: Mapping[str, Limit]) -> Advice:
    limit = _named(counts, one["limit"]) if "limit" in one else None
    return Advice(
        one["code"], one["text"], tuple(one["basis"]), one["verified"], limit, one.get("fined", False)
    )


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
    """Laws, steps and other names that are used and not there: no page could say what they mean."""
    for codes, most in (([pack.code, *pack.steps], 32), (pack.posts, 20)):  # as long as their columns
        yield from (
            f"代码“{code}”只能用小写英文字母、数字、下划线和连字符，最长 {most} 字"
            for code in codes
            if not CODE.fullmatch(code) or len(code) > most
        )
    yield from (
        f"advice“{one.code}”的空“{blank}”没有意思"
        for one in pack.advice
        for blank in BLANK.findall(one.text)
        if blank not in BLANKS or (blank == "limit" and one.limit is None)
    )
    yield from (f"没有法律“{cite}”" for cite in _cites(pack) if cite.partition(":")[0] not in pack.laws)
    starts = [step for clock in pack.clocks for step in clock.starts]
    fines = pack.penalties.fines
    levels = {one.code for one in pack.penalties.levels}
    for what, used, there in (
        ("步骤", starts, {*pack.steps, VIOLATION}),
        ("步骤", _steps(pack), pack.steps),
        ("情形", [flag for one in pack.clocks for flag in (*one.when, *one.unless)], FLAGS),
        ("情形", [flag for one in pack.gates for flag in one.when], FLAGS),
        ("职务", [post for one in pack.gates if one.kind == "by" for post in one.value], pack.posts),
        ("身份", [role for one in fines for role in one.roles], ROLES),
        ("事故等级", [level for one in fines for level in one.levels or ()], levels),
        ("事故等级", [level for one in fines for level in one.income or ()], {ANY, *levels}),
        ("罪名", [one.offence for one in pack.penalties.triggers], pack.penalties.offences),
    ):
        yield from (f"没有{what}“{name}”" for name in used if name not in there)


def _cites(pack: Pack) -> list[str]:
    cites = [cite for clock in pack.clocks for basis in clock.bases for cite in basis.cites]
    cites += [cite for gate in pack.gates for cite in gate.cites] + [one.cite for one in pack.file]
    cites += [cite for effect in pack.effects for cite in effect.cites]
    cites += [cite for one in pack.advice for cite in one.cites]
    return cites + pack.penalties.cites()


def _steps(pack: Pack) -> Iterator[str]:
    """Those named anywhere but at the start of a clock, which the end of the violation is as well."""
    for clock in pack.clocks:
        yield from (*clock.ends, *clock.void, *clock.only_after)
        yield from (step for basis in clock.bases for step, _ in basis.extended)
        yield from (step for pause in clock.pauses for step in (pause.start, *pause.ends))
    for gate in pack.gates:
        yield from (gate.step, *_steps_of(gate), *filter(None, [gate.after]))
    for effect in pack.effects:
        yield from (effect.step, *effect.needs, *effect.unless, *effect.until)
    yield from (one.then for one in pack.steps.values() if one.then)
    yield from (one.after for one in pack.file if one.after)


def _steps_of(gate: Gate) -> tuple[str, ...]:
    if gate.kind == "since":
        return (gate.value[0],)
    if gate.kind == "pending":
        begun, ends = gate.value
        return (*begun, *ends)
    return tuple(gate.value) if gate.kind in ("needs", "needs_one") else ()
