"""What stands in the way of a plan's approval, and what somebody should look at before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foundation.organization.ending import last_heir

from .models import Item, Plan


@dataclass(frozen=True)
class Problem:
    """`item` is where it is put right; None: the plan's own facts."""

    says: str
    item: Item | None = None


def unknown_phrases(item: Item) -> list[str]:
    """Phrases of the reading that name nobody of ours and that nobody has decided about yet."""
    named = item.reading.get("responsible") or item.reading.get("from") or []
    unknown = [one["phrase"] for one in named if not one["units"] and not one["group"]]
    known = {duty.phrase for duty in item.duties.all()} | set(item.settled)
    return [phrase for phrase in dict.fromkeys(unknown) if phrase not in known]


def blockers(plan: Plan, items: Iterable[Item]) -> list[Problem]:
    """All of them: without these the plan can't be sent. `items` with periods and duties."""
    items = list(items)
    found = [] if items else [Problem("方案还没有任何事项，请先添加事项。")]
    if plan.year is None:
        found.append(Problem("没有写明年度，请在“基本信息”中填写。"))
    return found + [Problem(says, item) for item in items for says in _of(item)]


def _of(item: Item) -> Iterable[str]:
    name = name_of(item)
    unknown = unknown_phrases(item)
    for phrase in unknown:
        yield f"{name}：不认识“{phrase}”，请选择单位，或确认它不承担任务。"
    if item.disposition == Item.Disposition.LEAVE_OUT:
        return
    yield from (f"{name}：{says}" for says in _ended(item))
    if not unknown and not item.duties.all():  # else one follows from the other
        yield f"{name}没有责任单位，请补上，或把“处理”改为“不下达”。"
    periods = item.periods.all()
    if not periods:
        yield f"{name}没有时间，请至少填写一期。"
    if any(period.due_on is None for period in periods):
        yield f"{name}没有截止日期，请补上。"


def _ended(item: Item) -> Iterable[str]:
    """A unit that is no more gets no task: who carries on its work is named, and chosen by the office."""
    for duty in item.duties.all():
        if duty.unit and duty.unit.ended_on:
            heir = last_heir(duty.unit)
            instead = f"由{heir}承接，请改选{heir}" if heir else "没有承接单位，请去掉或改选"
            yield f"{duty.unit}已撤销，{instead}。"


def cautions(plan: Plan, items: Iterable[Item]) -> list[Problem]:
    """None of these blocks: the office may know better."""
    items = list(items)
    found = []
    if unchecked := sum(not item.checked for item in items):
        found.append(Problem(f"还有 {unchecked} 项没有核对。"))
    found += [Problem(f"{name_of(item)}与别的事项序号相同。", item) for item in _repeated(items)]
    for item in items:
        if item.disposition == Item.Disposition.DISPATCH and not item.deliverables:
            found.append(Problem(f"{name_of(item)}没有要求任何材料。", item))
    return found


def _repeated(items: list[Item]) -> list[Item]:
    seen: set[str] = set()
    return [item for item in items if item.number in seen or seen.add(item.number)]  # type: ignore[func-returns-value]


def name_of(item: Item) -> str:
    """第13项; 报送事项“活动总结”."""
    if item.kind == Item.Kind.ACTIVITY:
        return f"第 {item.number} 项"
    return f"{item.get_kind_display()}“{item.title[:20]}”"
