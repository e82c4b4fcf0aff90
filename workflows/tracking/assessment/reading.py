"""The schemes of assessment as they stand in schemes.yaml, checked when they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from foundation.organization.dated import BadData, read_data, since
from workflows.registers.library import kind_on

from .scheme import Bonus, Counted, Grade, Rule, Scheme, Veto

FILE = Path(__file__).with_name("schemes.yaml")
WHOLE = Decimal(100)
# Of each measure, what its rule has to say beside code, name and points.
NEEDS = {
    "liaison": (), "report": ("report", "late_day"), "schedule": ("late_day",), "coverage": (), "cases": ("late_day",),
    "complete": ("lacking", "returned", "photos", "videos"),
}  # fmt: skip
NAMES = ("code", "name", "of", "measure", "report")  # of a rule; what else it has are numbers


@cache
def schemes() -> tuple[Scheme, ...]:
    return read(read_data(FILE, "assessment_scheme"), FILE.name)


def read(values: Sequence[Mapping[str, Any]], name: str) -> tuple[Scheme, ...]:
    for rule in (rule for one in values for rule in one["rules"]):
        _complete(rule, name)
    found = tuple(_scheme(one, name) for one in values)
    for problem in (f"{name} 的“{one.name}”{problem}" for one in found for problem in _problems(one)):
        raise BadData(problem)
    return found


def _complete(rule: Mapping[str, Any], name: str) -> None:
    """Exactly what its measure counts with: a number that nothing reads would promise a deduction that never comes."""
    wanted, given = set(NEEDS[rule["measure"]]), rule.keys() - {"code", "name", "of", "measure"}
    if missing := wanted - given:
        raise BadData(f"{name} 的“{rule['name']}”缺少 {'、'.join(sorted(missing))}，请补上。")
    if extra := given - wanted:
        raise BadData(f"{name} 的“{rule['name']}”不用 {'、'.join(sorted(extra))}，请删去。")


def _scheme(one: Mapping[str, Any], name: str) -> Scheme:
    grades = (Grade(grade["name"], _points(grade["from"])) for grade in one["grades"])
    bonus = one["bonus"]
    return Scheme(
        one["code"], one["version"], one["name"], since(one, name), one["verified"],
        one["basis"],
        tuple(_rule(rule) for rule in one["rules"]),
        tuple(sorted(grades, key=lambda grade: grade.least, reverse=True)),
        _points(bonus["most"]),
        tuple(_bonus(kind) for kind in bonus["kinds"]),
        tuple(Veto(**veto) for veto in one["vetoes"]),
        one["appeal_days"],
    )  # fmt: skip


def _rule(one: Mapping[str, Any]) -> Rule:
    numbers = {name: _points(value) for name, value in one.items() if name not in NAMES}
    return Rule(one["code"], one["name"], _points(one["of"]), one["measure"], one.get("report", ""), numbers)


def _bonus(one: Mapping[str, Any]) -> Bonus:
    counted = one.get("counted")
    if counted:
        when = {key: tuple(values) for key, values in counted.get("when", {}).items()}
        counted = Counted(counted["register"], _points(counted["points"]), when, counted.get("chosen", False))
    return Bonus(one["code"], one["name"], _points(one["most"]), counted)


def _points(value: float) -> Decimal:
    return Decimal(str(value))


def _problems(scheme: Scheme) -> Iterator[str]:
    total = sum((rule.of for rule in scheme.rules), Decimal())
    if total != WHOLE:
        yield f"各项分值合计是 {total}，不是 {WHOLE}，请调整 rules 里的 of。"
    parts: tuple[Rule | Bonus | Veto, ...] = (*scheme.rules, *scheme.bonuses, *scheme.vetoes)
    codes = [one.code for one in parts]
    if twice := {code for code in codes if codes.count(code) > 1}:
        yield f"有写了两次的 code：{'、'.join(sorted(twice))}，请改成不同的。"
    if scheme.grades[-1].least != 0:
        yield "没有从 0 分起的等次，最低一档请写 from: 0。"
    yield from _uncounted(scheme)
    names = {grade.name for grade in scheme.grades}
    for veto in scheme.vetoes:
        if veto.grade not in names:
            yield f"一票否决“{veto.name}”指的等次“{veto.grade}”不在 grades 里。"


def _uncounted(scheme: Scheme) -> Iterator[str]:
    """Columns that the register doesn't have: they would never hold, and the bonus never come."""
    for bonus in scheme.bonuses:
        kind = kind_on(bonus.counted.register, scheme.effective_from) if bonus.counted else None
        if bonus.counted and kind and (unknown := bonus.counted.when.keys() - kind.by_key.keys()):
            yield f"的加分“{bonus.name}”按登记册“{kind.name}”没有的栏目计数：{'、'.join(sorted(unknown))}，请改正。"
