"""What a unit scores by a scheme. Pure: the rules, what the unit did and today go in; nothing of any penalty does.

Points are taken off, each time for a reason that names the task; what a unit was never asked for takes nothing off.
Whether cases came in time is scored, and whether they or a reason for none are there: never how many, nor any amount
(行政处罚法 74).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from foundation.organization.calendar import WorkCalendar

from .scheme import Bonus, Rule, Scheme

NONE = Decimal()
NAMED = 3  # rows of a register that a line names
RULE, COUNTED, BONUS, VETO = "rule", "counted", "bonus", "veto"  # kinds of lines; a bonus counted, or by hand


@dataclass(frozen=True)
class Done:
    """One task of the unit. `first_on`: when it was first handed in, which fixes timeliness; `accepted`: the office has
    taken it; `returned`: how often it came back; `lacks`: what its last version does not hold (材料的名称)."""

    task: int
    name: str
    part: str  # liaison, plan, month, annual, cases, activity
    due_on: dt.date | None
    first_on: dt.date | None = None
    accepted: bool = False
    waived: bool = False
    returned: int = 0
    scheduled: bool | None = None  # 附件3: None where it is not asked for
    photos: int | None = None  # None where no files are asked for
    videos: int = 0
    lacks: tuple[str, ...] = ()
    answered: bool = False  # cases: enough of them, or an accepted reason for fewer


@dataclass(frozen=True)
class Given:
    """What the office wrote down itself: a bonus with its points, a veto, or what a rule gives back after an objection."""

    code: str
    points: Decimal
    why: str
    adjustment: int = 0  # id


@dataclass(frozen=True)
class Earned:
    """A row of a register that stands to the unit's credit."""

    code: str  # of the bonus
    row: int  # id
    name: str


@dataclass(frozen=True)
class UnitFacts:
    unit: str  # code
    has_liaison: bool = True
    tasks: tuple[Done, ...] = ()
    given: tuple[Given, ...] = ()
    earned: tuple[Earned, ...] = ()


@dataclass(frozen=True)
class Line:
    """`points` of `of`; `why` is empty where nothing was taken off. `evidence`: ids of tasks; of a bonus that was
    counted, of rows of registers; of one by hand or a veto, of adjustments."""

    rule: str
    name: str
    points: Decimal
    of: Decimal
    why: str = ""
    evidence: tuple[int, ...] = ()
    kind: str = RULE


@dataclass(frozen=True)
class Result:
    unit: str
    score: Decimal
    grade: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Loss:
    points: Decimal
    why: str
    tasks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Clock:
    """`today`: what is due later is not missing yet."""

    today: dt.date
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    def late(self, due_on: dt.date, on: dt.date) -> int:
        """Days late, as the supervision counts: working days, one at least where the day is past."""
        return max(1, self.calendar.between(due_on, on)) if on > due_on else 0

    def over(self, one: Done) -> bool:
        return one.due_on is not None and one.due_on < self.today


def score(scheme: Scheme, facts: UnitFacts, clock: Clock) -> Result:
    lines = [_line(rule, facts, clock) for rule in scheme.rules] + list(_bonuses(scheme, facts))
    total = _rounded(sum((line.points for line in lines), NONE))
    vetoed = [(veto, one) for veto in scheme.vetoes for one in facts.given if one.code == veto.code]
    lines += [
        Line(veto.code, veto.name, NONE, NONE, f"一票否决：{one.why}", (one.adjustment,))
        for veto, one in vetoed
    ]
    grade = vetoed[0][0].grade if vetoed else scheme.grade_of(total)
    return Result(facts.unit, total, grade, tuple(lines))


def ranked(results: Iterable[Result]) -> list[tuple[int, Result]]:
    """The best first; equal scores share a place."""
    rows = sorted(results, key=lambda one: (-one.score, one.unit))
    places = {score: n for n, score in reversed([(n, one.score) for n, one in enumerate(rows, 1)])}
    return [(places[one.score], one) for one in rows]


def _line(rule: Rule, facts: UnitFacts, clock: Clock) -> Line:
    losses = list(MEASURES[rule.measure](rule, facts, clock))
    back = [one for one in facts.given if one.code == rule.code]
    lost = min(rule.of, sum((loss.points for loss in losses), NONE))
    lost = max(NONE, lost - sum((one.points for one in back), NONE))
    why = "；".join([*(loss.why for loss in losses), *(one.why for one in back)])
    evidence = tuple(dict.fromkeys(task for loss in losses for task in loss.tasks))
    return Line(rule.code, rule.name, _rounded(rule.of - lost), rule.of, why, evidence)


def _liaison(rule: Rule, facts: UnitFacts, clock: Clock) -> Iterator[Loss]:
    asked = [one for one in facts.tasks if one.part == "liaison"]
    if not facts.has_liaison:
        yield Loss(rule.of, "没有联络员", tuple(one.task for one in asked))


def _report(rule: Rule, facts: UnitFacts, clock: Clock) -> Iterator[Loss]:
    return _in_time(rule, [one for one in facts.tasks if one.part == rule.report], clock)


def _schedule(rule: Rule, facts: UnitFacts, clock: Clock) -> Iterator[Loss]:
    asked = [one for one in facts.tasks if one.scheduled is not None]
    yield from _in_time(rule, asked, clock)
    for one in asked:
        if one.first_on and not one.scheduled:
            yield Loss(rule.of, f"{one.name}没有附件3安排表", (one.task,))


def _cases(rule: Rule, facts: UnitFacts, clock: Clock) -> Iterator[Loss]:
    asked = [one for one in facts.tasks if one.part == "cases"]
    for one in asked:
        if not one.answered and not one.waived and clock.over(one):
            yield Loss(rule.of, f"{one.name}没有推荐，也没有说明原因", (one.task,))
    yield from _in_time(rule, [one for one in asked if one.answered], clock)


def _in_time(rule: Rule, asked: Iterable[Done], clock: Clock) -> Iterator[Loss]:
    """So many points a day; nothing at all where it never came."""
    for one in asked:
        if one.waived or one.due_on is None:
            continue
        if one.first_on is None:
            if clock.over(one):
                yield Loss(rule.of, f"{one.name}没有报送", (one.task,))
        elif days := clock.late(one.due_on, one.first_on):
            yield Loss(days * rule.numbers["late_day"], f"{one.name}超期 {days} 个工作日", (one.task,))


def _complete(rule: Rule, facts: UnitFacts, clock: Clock) -> Iterator[Loss]:
    photos, videos = rule.numbers["photos"], rule.numbers["videos"]
    for one in facts.tasks:
        lacks = list(one.lacks)
        if one.photos is not None and one.photos < photos and one.videos < videos:
            lacks.append(f"现场照片（至少 {photos} 张）或视频（至少 {videos} 个）")
        if one.first_on and lacks:
            yield Loss(len(lacks) * rule.numbers["lacking"], f"{one.name}缺{'、'.join(lacks)}", (one.task,))
        if one.returned and rule.numbers["returned"]:
            yield Loss(
                one.returned * rule.numbers["returned"], f"{one.name}退回 {one.returned} 次", (one.task,)
            )


def _coverage(rule: Rule, facts: UnitFacts, clock: Clock) -> Iterator[Loss]:
    owed = [one for one in facts.tasks if one.part == "activity" and not one.waived]
    counted = [one for one in owed if one.accepted or clock.over(one)]
    missed = [one for one in counted if not one.accepted]
    if missed:
        share = rule.of * len(missed) / len(counted)
        yield Loss(
            _rounded(share),
            f"应完成 {len(counted)} 项，未完成 {len(missed)} 项",
            tuple(one.task for one in missed),
        )


def _bonuses(scheme: Scheme, facts: UnitFacts) -> Iterator[Line]:
    """Each kind has its limit, and all together have one. What registers tell of comes before what is added by hand."""
    left = scheme.bonus_most
    for kind in scheme.bonuses:
        room = min(kind.most, left)
        for line in (*_counted(kind, facts), *_by_hand(kind, facts)):
            points = min(line.points, room)
            room, left = room - points, left - points
            yield replace(line, points=points)


def _counted(kind: Bonus, facts: UnitFacts) -> Iterator[Line]:
    rows = [one for one in facts.earned if one.code == kind.code]
    if rows and kind.counted:
        each = kind.counted.points
        names = "、".join(one.name for one in rows[:NAMED]) + ("等" if len(rows) > NAMED else "")
        why = f"登记册 {len(rows)} 条，每条 {each} 分：{names}"
        ids = tuple(one.row for one in rows)
        yield Line(kind.code, kind.name, len(rows) * each, kind.most, why, ids, COUNTED)


def _by_hand(kind: Bonus, facts: UnitFacts) -> Iterator[Line]:
    given = [one for one in facts.given if one.code == kind.code]
    if given:
        points = sum((one.points for one in given), NONE)
        yield Line(kind.code, kind.name, points, kind.most, _whys(given), _ids(given), BONUS)


def _whys(given: Iterable[Given]) -> str:
    return "；".join(one.why for one in given)


def _ids(given: Iterable[Given]) -> tuple[int, ...]:
    return tuple(one.adjustment for one in given)


def _rounded(points: Decimal) -> Decimal:
    return points.quantize(Decimal("0.01"), ROUND_HALF_UP)


MEASURES: dict[str, Callable[[Rule, UnitFacts, Clock], Iterator[Loss]]] = {
    "liaison": _liaison,
    "report": _report,
    "schedule": _schedule,
    "complete": _complete,
    "coverage": _coverage,
    "cases": _cases,
}
