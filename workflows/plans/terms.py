"""What an item asks for (its words, what is handed in, by when), and how two such terms differ. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .deliverables import Deliverable

Due = tuple[int, str, str | None]  # period, its name, its day as 2026-06-30


@dataclass(frozen=True)
class Terms:
    text: str
    deliverables: tuple[str, ...]
    due: tuple[Due, ...]


@dataclass(frozen=True)
class Difference:
    """One thing that is asked otherwise, in words."""

    label: str
    before: str
    after: str


def terms(text: str, deliverables: Iterable[str], due: Iterable[Iterable]) -> Terms:
    """Deliverables in the order of their list, whoever ticked them in which."""
    asked = set(deliverables)
    days = tuple((int(pk), str(name), day and str(day)) for pk, name, day in due)
    return Terms(text, tuple(code for code in Deliverable.values if code in asked), days)


def differences(old: Terms, new: Terms) -> list[Difference]:
    """In the order in which somebody reads an item: the words, what is handed in, the days."""
    found = [Difference("内容", old.text, new.text)]
    found.append(Difference("应交材料", _papers(old.deliverables), _papers(new.deliverables)))
    days = {pk: day for pk, _, day in old.due}
    found += [Difference(due_label(name), _day(days.get(pk)), _day(day)) for pk, name, day in new.due]
    return [one for one in found if one.before != one.after]


def due_label(name: str) -> str:
    return f"{name}截止" if name else "截止"


def moved(own: str | None, old: str | None, new: str | None) -> str | None:
    """The due day of a task whose period moved from `old` to `new`: a day of its own (延期) is never shortened."""
    if own == old or own is None or new is None:
        return new
    return max(own, new)


def _papers(codes: Iterable[str]) -> str:
    return "、".join(Deliverable(code).label for code in codes) or "不交材料"


def _day(day: str | None) -> str:
    if not day:
        return "未定"
    year, month, date = map(int, day.split("-"))
    return f"{year}年{month}月{date}日"
