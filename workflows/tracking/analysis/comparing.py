"""同比: two campaigns side by side, items by number, units by themselves or who carries on their work. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from .measures import Followed, Followings, Measures, measure
from .numbers import Number, days, percent

MEASURES: dict[str, tuple[str, Callable[[Measures], Number]]] = {
    "in_time": ("按时率", lambda one: percent("", one.in_time)),
    "first": ("一次通过率", lambda one: percent("", one.first)),
    "passed": ("通过率", lambda one: percent("", one.passed)),
    "whole": ("全程用时（工作日）", lambda one: days("", one.whole.mean)),
}
SHARES = ("in_time", "first", "passed")
SAME = "持平"
ALIKE = 0.5  # of their characters, in their order, two titles of one item have in common


class Named(NamedTuple):
    """An item: what tells that two are the same one."""

    pk: int
    kind: str
    number: str
    title: str

    @property
    def name(self) -> str:
        return f"第 {self.number} 项 {self.title}" if self.kind == "activity" else self.title


class House(NamedTuple):
    """A unit; `heir` who carries on its work, itself while it lives."""

    pk: int
    name: str
    heir: int


@dataclass(frozen=True)
class Line:
    """One row: what the earlier campaign has of it and what the later one; a side without tasks has nothing to tell."""

    name: str
    note: str
    old: Measures
    new: Measures


def same_items(old: Iterable[Named], new: Sequence[Named]) -> dict[int, int]:
    """Of the earlier items: which of the later ones it is, by its title, else by kind and number where the titles are
    alike: a plan that was written anew has other things under the same numbers."""
    numbers = {(one.kind, one.number): one for one in new}
    titles = {one.title: one for one in new}
    found: dict[int, int] = {}
    left = []
    for one in old:
        same = numbers.get((one.kind, one.number))
        if same and same.title == one.title:
            found[one.pk] = same.pk
        else:
            left.append(one)
    for one in left:  # a title that moved to another number before a number that got another title
        taken = set(found.values())
        same = numbers.get((one.kind, one.number))
        reworded = same if same and _alike(same.title, one.title) else None
        for other in (titles.get(one.title), reworded):
            if other and other.pk not in taken:
                found[one.pk] = other.pk
                break
    return found


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def by_items(old: Followings, new: Followings, before: Sequence[Named], now: Sequence[Named]) -> list[Line]:
    """In the order of the later plan; then what it does not ask for any more."""
    same, names = same_items(before, now), {one.pk: one for one in (*before, *now)}
    lines = _lines(old, new, lambda one: same.get(one.item, one.item), lambda one: one.item)
    order = [one.pk for one in now] + [one.pk for one in before if one.pk not in same]
    return [Line(names[pk].name, _note(*lines[pk]), *lines[pk]) for pk in order if pk in lines]


def by_units(old: Followings, new: Followings, houses: Mapping[int, House]) -> list[Line]:
    """In the order of units. What a unit did that ended counts for who carries on its work, and is named there."""
    lines = _lines(old, new, lambda one: houses[one.unit].heir, lambda one: one.unit)
    merged: dict[int, list[str]] = defaultdict(list)
    for unit in dict.fromkeys(one.unit for one in old.tasks):
        if houses[unit].heir != unit:
            merged[houses[unit].heir].append(houses[unit].name)
    notes = {pk: f"含原{'、'.join(names)}" for pk, names in merged.items()}
    return [
        Line(house.name, notes.get(pk) or _note(*lines[pk]), *lines[pk])
        for pk, house in houses.items()
        if pk in lines
    ]


def _lines(
    old: Followings, new: Followings, old_key: Callable[[Followed], int], new_key: Callable[[Followed], int]
) -> dict[Hashable, tuple[Measures, Measures]]:  # fmt: skip
    sets: dict[Hashable, tuple[list[Followed], list[Followed]]] = defaultdict(lambda: ([], []))
    for one in old.tasks:
        sets[old_key(one)][0].append(one)
    for one in new.tasks:
        sets[new_key(one)][1].append(one)
    return {key: (measure(a, old.clock), measure(b, new.clock)) for key, (a, b) in sets.items()}


def _note(old: Measures, new: Measures) -> str:
    return "" if old.tasks and new.tasks else "新增" if new.tasks else "这次没有任务"


def change(code: str, old: Number, new: Number) -> str:
    """The difference in words: points of a percentage, days, or a count; nothing where one side has nothing to tell."""
    if old.value is None or new.value is None:
        return "—"
    unit = " 个百分点" if code in SHARES else " 天" if code in ("whole", "step") else ""
    by = round(new.value, 1) - round(old.value, 1)
    text = f"{by:+.1f}" if unit else f"{by:+.0f}"
    return SAME if float(text) == 0 else text.replace("-", "−") + unit
